"""Words in which published texts speak of what can have a part in atrocities, by theme, in four languages.

Whole words and phrases with a comma between, in small letters and without accents: forms are listed one by one, none is
guessed. That a word is met says that the text speaks of something, never that it happens, nor that it is meant to.
No list names a people: a list of groups could be used against them.
"""

from __future__ import annotations

THEMES: dict[str, dict[str, str]] = {
    "moving-people": {
        "en": """
            relocation, relocate, relocated, relocating, relocations, resettlement, resettlements, resettle,
            resettled, resettling, eviction, evictions, evicted, evictees, forced displacement, physical
            displacement, economic displacement, displaced by the project, displaced by the dam, project
            affected people, project affected persons, project affected households, slum clearance, house
            demolitions, home demolitions, demolition of homes, demolition of houses, forced removal, forced
            removals, villagization, villagisation, deportation, deportations, deported, deportee, deportees,
            mass expulsion, mass expulsions, population transfer, transfer of population
        """,
        "fr": """
            reinstallation des populations, reinstallation de populations, reinstallation involontaire,
            reinstallation des personnes, plan de reinstallation, deplacement force, deplacements forces,
            deguerpissement, deguerpissements, expulsion de populations, expulsions de populations, expulsions
            forcees, relogement, deportation, deportations
        """,
        "es": """
            reasentamiento, reasentamientos, reasentar, reasentados, reubicacion, reubicaciones, reubicar,
            reubicados, desalojo, desalojos, desplazamiento forzado, desplazamientos forzados, desplazamiento
            involuntario, deportacion, deportaciones, deportados, expulsiones masivas
        """,
        "pt": """
            reassentamento, reassentamentos, reassentar, reassentados, realojamento, realojamentos, despejo,
            despejos, deslocamento forcado, deslocacao forcada, deslocamentos forcados, deportacao, deportacoes,
            deportados
        """,
    },
    "camps": {
        "en": """
            refugee camp, refugee camps, refugees camp, refugees camps, camps for refugees, idp camp, idp camps,
            idps camp, idps camps, displacement camp, displacement camps, displaced camps, displaced persons
            camp, displaced persons camps, camps for displaced, camps for internally displaced, camps for idps,
            camp management, camp coordination, camp residents, camp population, camp populations, camp
            settings, makeshift camps, spontaneous camps, overcrowded camps, informal camps, transitional camps,
            transit camp, transit camps, encampment, internment, detention center, detention centers, detention
            centre, detention centres, detention facility, detention facilities, places of detention, detention
            conditions, arbitrary detention, immigration detention, in detention, administrative detention,
            holding center, holding centers, holding centre, holding centres, closed camp, closed camps,
            protected villages
        """,
        "fr": """
            camp de refugies, camps de refugies, camp de deplaces, camps de deplaces, camp des deplaces, camps
            des deplaces, camps de personnes deplacees, site de deplaces, sites de deplaces, sites des deplaces,
            gestion des camps, camp de transit, camps de transit, centre de retention, centres de retention,
            centre de detention, centres de detention, lieu de detention, lieux de detention, milieux de
            detention, conditions de detention, detention arbitraire, detentions arbitraires
        """,
        "es": """
            campo de refugiados, campos de refugiados, campamento de refugiados, campamentos de refugiados,
            campamento de desplazados, campamentos de desplazados, campos de desplazados, centro de detencion,
            centros de detencion, lugares de detencion, detencion arbitraria, detenciones arbitrarias, centros
            de internamiento
        """,
        "pt": """
            campos de deslocados, campo de deslocados, acampamento de refugiados, acampamentos de refugiados,
            acampamentos de deslocados, centro de detencao, centros de detencao, locais de detencao, detencao
            arbitraria, detencoes arbitrarias
        """,
    },
    "lists": {
        "en": """
            biometric, biometrics, fingerprint, fingerprints, fingerprinting, census, censuses, national id,
            identity card, identity cards, identity document, identity documents, identity system, identity
            systems, identification card, identification cards, identification document, identification
            documents, identification system, identification systems, id card, id cards, digital id, digital
            identity, printing passports, biometric passport, biometric passports, civil registration, civil
            registry, civil registries, birth registration, population register, population registry, voter
            register, voter registration, voter roll, voter rolls, voters roll, voters list, voter list, voter
            lists, electoral roll, electoral rolls, electoral register, refugee registration, registration of
            refugees, registration of displaced, beneficiary list, beneficiary lists, beneficiary registration,
            beneficiary database, beneficiary registry, registration of beneficiaries, household registration,
            social registry, social registries, displacement tracking
        """,
        "fr": """
            biometrie, biometrique, biometriques, empreintes digitales, recensement, recensements, carte
            d'identite, cartes d'identite, documents d'identite, pieces d'identite, identite numerique, etat
            civil, enregistrement des naissances, enregistrement des refugies, registre de la population,
            registre social, registre social unique, liste electorale, listes electorales, fichier electoral,
            inscription des electeurs, listes de beneficiaires, enregistrement des beneficiaires
        """,
        "es": """
            biometria, biometrico, biometrica, biometricos, biometricas, huellas dactilares, censo, censos,
            cedula de identidad, cedulas de identidad, documento de identidad, documentos de identidad,
            identidad digital, registro civil, registro de nacimientos, registro social, registro unico de
            beneficiarios, registro unico de victimas, padron electoral, registro electoral, registro de
            votantes, registro de beneficiarios
        """,
        "pt": """
            biometrica, biometrico, biometricos, recenseamento, recenseamentos, bilhete de identidade, bilhetes
            de identidade, carteira de identidade, documento de identidade, documentos de identidade, registo
            civil, registro de nascimento, registo de nascimento, cadastro unico, cadastro social, caderno
            eleitoral, cadernos eleitorais, recenseamento eleitoral
        """,
    },
    "forces": {
        "en": """
            armed forces, security forces, security sector, security services, security agencies, security
            personnel, security equipment, security assistance, law and order, public security, citizen
            security, private security, law enforcement, police, policing, policeman, policemen, policewomen,
            gendarmerie, gendarmes, military, army, navy, soldiers, troops, peacekeeping, peacekeepers, defense
            forces, defence forces, defense force, defence force, ministry of defense, ministry of defence,
            national defense, national defence, defense ministry, defence ministry, militia, militias,
            paramilitary, paramilitaries, self defense groups, self defence groups, community defense, community
            defence, vigilante, vigilantes, combatants, ex combatants, excombatants, disarmament,
            demobilization, demobilisation, weapons, arms, ammunition, small arms, border control, border
            controls, border guard, border guards, border management, border police, border patrol, border
            patrols, border security, border officials, border agency, border agencies, coast guard, coastguard,
            park rangers, wildlife rangers, forest guards, game scouts, anti poaching, antipoaching, anti
            piracy, maritime security, counter terrorism, counterterrorism, anti terrorism, violent extremism,
            detainees, prison, prisons, prisoners, inmates, jail, jails, penitentiary, correctional,
            intelligence services, intelligence service, intelligence agency, intelligence agencies
        """,
        "fr": """
            forces armees, forces de securite, forces de defense, forces de l'ordre, secteur de la securite,
            securite publique, securite interieure, defense nationale, policier, policiers, gendarme, militaire,
            militaires, armee, soldats, maintien de la paix, milice, milices, ex combattants, desarmement,
            extremisme violent, armes, armes legeres, munitions, controle des frontieres, gestion des
            frontieres, gardes-frontieres, garde-cotes, ecogardes, braconnage, detenus, prisonniers, milieu
            carceral, population carcerale, penitentiaire, penitentiaires, antiterrorisme, lutte contre le
            terrorisme, services de renseignement
        """,
        "es": """
            fuerzas armadas, fuerzas de seguridad, fuerza publica, fuerzas policiales, sector de seguridad,
            seguridad ciudadana, seguridad publica, defensa nacional, policia, policias, policial, policiales,
            militar, militares, ejercito, soldados, milicia, milicias, paramilitares, autodefensas,
            excombatientes, desmovilizacion, desarme, armas, municiones, control fronterizo, control de
            fronteras, gestion de fronteras, guardia fronteriza, carcel, carceles, prisiones, penitenciario,
            penitenciaria, penitenciarios, personas privadas de libertad, antiterrorismo, servicios de
            inteligencia
        """,
        "pt": """
            forcas armadas, forcas de seguranca, forcas policiais, setor de seguranca, setor da seguranca,
            seguranca publica, defesa nacional, exercito, policiais, policiamento, ex combatentes, desarmamento,
            desmobilizacao, municoes, controle de fronteiras, controlo de fronteiras, gestao de fronteiras,
            guarda de fronteira, prisao, prisoes, prisional, prisionais, penitenciario, reclusos,
            contraterrorismo
        """,
    },
    "separation": {
        "en": """
            ethnic, ethnical, ethnically, ethnicity, multiethnic, interethnic, indigenous people, indigenous
            peoples, indigenous community, indigenous communities, indigenous group, indigenous groups,
            indigenous population, indigenous populations, indigenous women, indigenous lands, indigenous land,
            indigenous territories, indigenous rights, minorities, minority group, minority groups, minority
            rights, minority community, minority communities, minority language, minority languages, religious
            minority, religious groups, religious group, religious communities, religious freedom, freedom of
            religion, religious tolerance, religious intolerance, religious tensions, interreligious, inter
            religious, interfaith, inter faith, sectarian, sectarianism, tribal, intertribal, caste, castes,
            racism, racial, xenophobia, xenophobic, hate speech, apartheid, intercommunal violence,
            intercommunal conflict, intercommunal conflicts, intercommunal tension, intercommunal tensions,
            intercommunal relations, intercommunal dialogue, inter communal
        """,
        "fr": """
            ethnique, ethniques, ethnie, ethnies, interethnique, interethniques, intercommunautaire,
            intercommunautaires, autochtone, autochtones, peuples indigenes, minorites, interreligieux,
            interreligieuse, discrimination raciale, racisme, xenophobie, discours de haine, discours haineux
        """,
        "es": """
            etnia, etnias, etnico, etnicos, etnica, etnicas, interetnico, interetnicos, intercomunitario,
            intercomunitarios, indigena, indigenas, pueblos originarios, minorias, interreligioso,
            discriminacion racial, segregacion racial, racismo, xenofobia, discurso de odio, discursos de odio
        """,
        "pt": """
            etnia, etnias, etnico, etnicos, etnica, etnicas, povos originarios, minorias, discriminacao racial,
            racismo, xenofobia, discurso de odio
        """,
    },
    "land": {
        "en": """
            land acquisition, land acquisitions, land grab, land grabs, land grabbing, land seizure, land
            seizures, land concession, land concessions, land lease, land leases, land allocation, land title,
            land titles, land titling, land registration, land registry, cadastre, cadastral, land
            administration, land tenure, land rights, land reform, land conflict, land conflicts, land dispute,
            land disputes, expropriation, expropriated, confiscated land, confiscation of land, confiscated
            property, confiscation of property, dispossession, mining, gold mine, gold mines, copper mine,
            copper mines, coal mine, coal mines, extractive industry, extractive industries, extractives, oil
            field, oil fields, gas field, gas fields, oil exploration, oil pipeline, gas pipeline, hydropower
            dam, hydropower dams, hydropower project, hydropower projects, hydropower plant, hydropower station,
            hydroelectric dam, hydroelectric dams, hydroelectric project, hydroelectric projects, hydroelectric
            plant, hydroelectric station, large dam, large dams, dam project, dam construction, construction of
            the dam, construction of a dam
        """,
        "fr": """
            acquisition fonciere, acquisitions foncieres, accaparement des terres, expropriation,
            expropriations, conflit foncier, conflits fonciers, litiges fonciers, titres fonciers, droits
            fonciers, regime foncier, securisation fonciere, reforme fonciere, foncier rural, cadastre,
            concession miniere, concessions minieres, secteur minier, industries extractives, exploitation
            miniere, exploitation petroliere, barrage hydroelectrique, barrages hydroelectriques
        """,
        "es": """
            adquisicion de tierras, acaparamiento de tierras, expropiacion, expropiaciones, despojo de tierras,
            restitucion de tierras, reforma agraria, tenencia de la tierra, tenencia de tierras, conflicto de
            tierras, conflictos de tierras, conflictos por la tierra, titulacion de tierras, catastro, mineria,
            concesion minera, concesiones mineras, sector minero, industrias extractivas, explotacion petrolera,
            represa, represas, central hidroelectrica, centrales hidroelectricas, proyecto hidroelectrico
        """,
        "pt": """
            aquisicao de terras, usurpacao de terras, apropriacao de terras, expropriacao, expropriacoes,
            desapropriacao, desapropriacoes, conflito fundiario, conflitos fundiarios, regularizacao fundiaria,
            reforma agraria, titulacao de terras, mineracao, setor mineiro, concessao mineira, concessoes
            mineiras, industrias extrativas, barragem, barragens, usina hidreletrica
        """,
    },
    "watching": {
        "en": """
            surveillance camera, surveillance cameras, surveillance technology, surveillance technologies,
            surveillance drones, surveillance aircraft, video surveillance, video monitoring, electronic
            surveillance, security surveillance, urban surveillance, mass surveillance, illegal surveillance,
            government surveillance, state surveillance, police surveillance, border surveillance, security
            cameras, cctv camera, cctv cameras, cctv system, cctv systems, cctv network, cctv monitoring, cctv
            surveillance, closed circuit television, safe city, safe cities project, facial recognition,
            spyware, wiretapping, phone tapping, interception of communications, communications interception,
            lawful interception, tracing app, tracing apps, internet shutdown, internet shutdowns, internet
            blackout, internet disruptions, website blocking, censorship
        """,
        "fr": """
            videosurveillance, surveillance video, surveillance electronique, surveillance numerique,
            surveillance de masse, camera de surveillance, cameras de surveillance, reconnaissance faciale,
            ecoutes telephoniques, interception des communications, coupure d'internet, coupures d'internet,
            censure
        """,
        "es": """
            videovigilancia, camaras de vigilancia, camaras de seguridad, vigilancia electronica, vigilancia
            masiva, reconocimiento facial, escuchas telefonicas, interceptacion de comunicaciones, apagon de
            internet, bloqueo de internet, censura
        """,
        "pt": """
            videomonitoramento, cameras de vigilancia, cameras de seguranca, vigilancia eletronica,
            reconhecimento facial, escutas telefonicas, interceptacao de comunicacoes, corte de internet,
            bloqueio da internet
        """,
    },
    "return": {
        "en": """
            repatriation, repatriations, repatriate, repatriated, repatriating, refoulement, readmission,
            pushback, pushbacks, push backs, return of refugees, return of displaced, return of internally
            displaced, return of idps, return of migrants, refugee return, refugee returns, idp return, idp
            returns, minority returns, returning refugees, return and reintegration, return assistance, return
            movements, return migration, areas of return, places of return, provinces of return, voluntary
            return, voluntary returns, assisted return, assisted returns, safe return, dignified return,
            sustainable return, forced return, forced returns, failed asylum seekers, rejected asylum seekers
        """,
        "fr": """
            rapatriement, rapatriements, rapatries, readmission, refoulement, refoulements, retour des refugies,
            retour de refugies, retour des deplaces, retour de migrants, retour des migrants, retour volontaire,
            retours volontaires, retours forces, aide au retour
        """,
        "es": """
            repatriacion, repatriaciones, repatriados, readmision, retorno de refugiados, retorno de
            desplazados, retorno de migrantes, retorno voluntario, retornos voluntarios, retorno asistido,
            retorno forzado, devolucion en caliente, devoluciones en caliente
        """,
        "pt": """
            repatriamento, repatriamentos, repatriacao, readmissao, regresso de refugiados, regresso voluntario,
            retorno voluntario, retorno de migrantes, retorno de refugiados
        """,
    },
    "returned": {
        "en": """
            returnee, returnees, returned refugees, returned migrant, returned migrants, returning migrants
        """,
        "fr": "retournes, retournees, personnes retournees, migrants de retour",
        "es": "retornado, retornados, retornadas, migrantes retornados",
        "pt": "retornado, retornados, retornadas, regressados",
    },
}

NOT_MEANT: dict[str, str] = {
    "en": """
        food security, nutrition security, non military, social security, health security, water security,
        energy security, economic security, income security, livelihood security, tenure security, salvation
        army, army worm, army worms, navy bean, navy beans, army p s, army primary school, police p s, police
        primary school, prison p s, prisons p s, prison primary school, military primary school, arms length,
        call to arms, open arms, airport security equipment, energy and mining, borders and tribal affairs,
        border and tribal affairs, agricultural census, agriculture census, census of agriculture, livestock
        census, school census, schools census, teacher census, teachers census, wildlife census, bird census,
        game census, animal census, business census, economic census, industrial census, enterprise census,
        traffic census, patrol and census, rural resettlement, resettlement commission, relocation of utilities,
        utility relocation, utilities relocation, relocation of services, relocation of equipment, relocation of
        power lines, relocation of pipes, office relocation, relocation of staff, staff relocation, repatriation
        of profits, profit repatriation, repatriation of funds, repatriation of capital, repatriation of
        dividends, hospital readmission, hospital readmissions, readmission to school, school readmission,
        readmission of girls, readmission of pregnant, sustainable return on, safe return to learning, safe
        return to class, safe return to classes, sexual minorities, gender minorities, sexual and gender
        minorities, de mining, data mining, mining minister, minister of mining, ministry of mining, petroleum
        and mining, a safe city, self censorship, safe return to school, safe return to schools, safe return to
        work
    """,
    "fr": """
        secteur de la securite alimentaire, secteur de la securite sociale, securite alimentaire, securite
        sociale, armee du salut, police d'assurance, polices d'assurance, conflit arme, conflits armes, groupes
        armes, acteurs armes, hommes armes, recensement agriculture, recensement agricole, recensement general
        de l'agriculture, recensement des entreprises, recensement des petites, recensement scolaire, minorites
        sexuelles
    """,
    "es": """
        sector de seguridad alimentaria, sector de seguridad social, seguridad alimentaria, seguridad social,
        ejercito de salvacion, censo agropecuario, censo nacional agropecuario, censo agricola, censo economico,
        censos economicos, censo escolar, minorias sexuales
    """,
    "pt": "seguranca alimentar, seguranca social, exercito de salvacao, recenseamento agricola, minorias sexuais",
}
"""Where a listed word is part of one of these, or follows on one of its words, the text speaks of something else."""

COMMON: dict[str, str] = {
    "en": (
        "the of and to for with by on that is are this will from their which has have be it as or at an was were its "
        "they who through into also more"
    ),
    "fr": "la le les des et du une dans pour par au aux sur est ce cette ses qui que en a ou avec leur sont",
    "es": "la el los las del y una para con por en que se su sus al como es este esta entre o e lo",
    "pt": "o a os as do da dos das e para com em no na nos nas uma um por que ao se sua seu como",
}
"""The commonest short words of each language, by which a text in it is known: no word of them says anything else."""
