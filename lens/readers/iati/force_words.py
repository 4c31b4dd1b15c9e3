"""Words by which organizations that bear arms, or command those who do, are named in five languages.

One pattern a line, matched as whole words, whatever their case; for names of organizations, not for prose.
"""

from __future__ import annotations

NOT_FORCE = """
salvation army
armée du salut
ejército de salvación
exército d[ea] salvação
(?:democratic )?control of (?:the )?armed forces
u\\.?s\\.?a?\\b.{0,20}department of (?:the )?interior
department of (?:the )?interior usa
(?:public|legal|civil|civilian|consumer|environmental|rights|nature) defen[cs]e(?! (?:forces?|corps|guards?))
defen[cs]e fund
military famil(?:y|ies)
interior,? obras públicas
défense (?:des|de la nature|du consommateur|de l.environnement)
defensa (?:pública|penal|civil|del consumidor|del niño|de los|de las)
defesa (?:civil|do consumidor|dos|das)
"""
"""Names that hold such a word and are no force: taken out before the others are looked for."""

PRIVATE_GUARD = """
private security
private (?:military|guards?)
security (?:company|guards?|services? (?:ltd|limited|inc|llc))
gardiennage
sécurité privée
seguridad privada
vigilancia privada
segurança privada
sicherheitsdienst\\w*
wachschutz
wachdienst
"""

MILITIA = """
militias?
paramilitar\\w*
vigilantes?
self[- ]defen[cs]e (?:groups?|units?|forces?)
civil defen[cs]e (?:forces?|corps|guards?)
home guard
(?:opposition|rebel) forces?
armed groups?
milices?
groupes? d.auto-?défense
milicias?
autodefensas?
milícias?
autodefesa
miliz(?:en)?
"""

RANGER_BORDER_PRISON = """
(?:park |forest |game |wildlife )?rangers?
game (?:scouts?|guards?)
park guards?
wildlife (?:service|authority)
border (?:guards?|force|patrol|police|services?|agency|security|troops)
(?:state )?border (?:committee|directorate)
immigration (?:department|service|bureau|authority|agency|police|enforcement)
(?:department|bureau|directorate|general directorate) (?:of|for) immigration
coast ?guards?
customs
prisons?
penitentiar\\w*
correctional
corrections
jails?
frontex
gardes?[- ]frontières?
gardes?[- ]côtes?
éco-?gardes?
gardes? forestiers?
douanes?
douanière
pénitentiaires?
guardia (?:fronteriza|costera)
guardacostas
guardaparques?
aduanas?
prisión|prisiones
penitenciari\\w+
cárcel(?:es)?
guarda (?:de )?(?:fronteiras?|costeira)
alfândegas?
prisão|prisões|prisional
penitenciári\\w+
grenzschutz
grenzpolizei
küstenwache
\\w*zollverwaltung
zoll
hauptzollamt
gefängnis\\w*
justizvollzug\\w*
strafvollzug\\w*
"""

SECURITY_FORCE = """
police|polic[ií]a|polícia
polizei\\w*|\\w+polizei
constabulary
army
armed forces?
military
soldiers?
navy
air ?force
marines
troops
national guard
security forces?
special forces
defen[cs]e forces?
intelligence (?:service|agency|directorate|bureau)
public security bureau
national security (?:agency|service|directorate|bureau|council|delegation|forces?)
delegation for national security
security transition command
peace-? ?keeping (?:forces?|troops|battalion|contingent|detachment)
gendarmerie|gendarmes?
armées?
forces armées
forces de (?:sécurité|défense|l.ordre)
militaires?
garde nationale
fuerzas? armadas?
fuerzas? de seguridad
fuerza aérea
ejército
militar(?:es)?
guardia (?:nacional|civil)
carabineros|carabinieri
forças? armadas?
forças? de (?:segurança|defesa)
exército
marinha
guarda nacional
streitkräfte
bundeswehr
militär\\w*
sicherheitskräfte
armee
"""

SECURITY_MINISTRY = """
(?:ministry|department|secretariat|minister) (?:of|for) (?:the )?(?:national )?defen[cs]e
(?:ministry|department|secretariat|minister) (?:of|for) (?:the )?(?:interior|internal affairs)
(?:ministry|department|secretariat|minister) of (?:home affairs|homeland security)
(?:ministry|department|secretariat|minister) of (?:public |state |national |internal )?security
(?:ministry|department|secretariat|minister) (?:of|for) justice (?:and|&) security
min\\.? (?:of )?(?:the )?(?:interior|defen[cs]e)
(?:interior|defen[cs]e|home affairs) (?:ministry|department)
home office
defen[cs]e(?! (?:of|for))
ministère (?:de la |de l.|des )?(?:défense|intérieur|sécurité|armées)
défense nationale
ministerio (?:de |del |de la )?(?:defensa|interior|gobernación|seguridad)
defensa nacional
ministério (?:da |do )?(?:defesa|interior|administração interna|segurança)
defesa nacional
\\w*verteidigungsministerium
\\w*innenministerium
(?:bundes)?ministerium (?:des innern?|der verteidigung)
"""

MINISTRY = """
\\w*minist\\w*
department
secretar\\w*
home office
"""
"""What makes a name that also speaks of a force one of those who command it."""
