"""Words in which published texts speak of what can have a part in atrocities, by theme, in four languages.

Whole words and phrases with a comma between, in small letters and without accents: forms are listed one by one, none is
guessed. That a word is met says that the text speaks of something, never that it happens, nor that it is meant to.
"""

from __future__ import annotations

THEMES: dict[str, dict[str, str]] = {
    "moving-people": {
        "en": """
            relocation, relocate, relocated, relocating, relocations, resettlement, resettle, resettled,
            resettling, eviction, evictions, evicted, forced displacement, forcibly displaced,
            villagization, villagisation, deportation, deportations, deported, population transfer, transfer
            of population
        """,
        "fr": """
            reinstallation des populations, reinstallation de populations, deplacement force, deplacements
            forces, deguerpissement, deguerpissements, expulsion de populations, expulsions forcees,
            relogement
        """,
        "es": """
            reasentamiento, reasentamientos, reasentar, reubicacion, reubicaciones, reubicar, desalojo,
            desalojos, desplazamiento forzado, desplazamientos forzados
        """,
        "pt": """
            reassentamento, reassentamentos, reassentar, realojamento, despejo, despejos, deslocamento
            forcado, deslocacao forcada
        """,
    },
    "camps": {
        "en": """
            refugee camp, refugee camps, idp camp, idp camps, displacement camp, displacement camps, camp
            management, camp coordination, encampment, internment, detention center, detention centers,
            detention centre, detention centres, closed camp, closed camps, protected villages
        """,
        "fr": """
            camp de refugies, camps de refugies, camp de deplaces, camps de deplaces, gestion des camps,
            centre de retention, centres de retention, centre de detention, centres de detention
        """,
        "es": """
            campo de refugiados, campos de refugiados, campamento de refugiados, campamentos de refugiados,
            campamento de desplazados, campamentos de desplazados, centro de detencion, centros de detencion
        """,
        "pt": """
            campos de deslocados, campo de deslocados, centro de detencao, centros de detencao
        """,
    },
    "lists": {
        "en": """
            biometric, biometrics, census, national id, identity card, identity cards, identity document,
            identity documents, id card, id cards, digital id, digital identity, civil registration, civil
            registry, population register, population registry, voter register, voter registration, voter
            roll, voters list, beneficiary list, beneficiary lists, beneficiary registration, social
            registry
        """,
        "fr": """
            biometrie, biometrique, biometriques, recensement, recensements, carte d'identite, cartes
            d'identite, etat civil, registre de la population, registre social, liste electorale, listes
            electorales, fichier electoral, inscription des electeurs
        """,
        "es": """
            biometria, biometrico, biometrica, biometricos, censo, censos, cedula de identidad, documento de
            identidad, documentos de identidad, registro civil, registro social, padron electoral, registro
            de votantes
        """,
        "pt": """
            recenseamento, recenseamentos, bilhete de identidade, documento de identidade, documentos de
            identidade, registo civil, cadastro unico, caderno eleitoral
        """,
    },
    "forces": {
        "en": """
            armed forces, security forces, security sector, police, policing, gendarmerie, military, army,
            soldiers, troops, militia, militias, paramilitary, weapons, ammunition, small arms, border
            control, border guard, border guards, border management, border police, border security,
            counter-terrorism, counterterrorism, detainees, prison, prisons, intelligence services
        """,
        "fr": """
            forces armees, forces de securite, forces de defense, secteur de la securite, militaire,
            militaires, armee, soldats, milice, milices, armes, armes legeres, munitions, controle des
            frontieres, gestion des frontieres, gardes-frontieres, detenus, antiterrorisme
        """,
        "es": """
            fuerzas armadas, fuerzas de seguridad, fuerza publica, sector de seguridad, policia, policias,
            policial, militar, militares, ejercito, soldados, milicia, milicias, paramilitares, armas,
            municiones, control fronterizo, control de fronteras, guardia fronteriza, carceles, prisiones
        """,
        "pt": """
            forcas armadas, forcas de seguranca, setor de seguranca, exercito, policiais, policiamento,
            municoes, controle de fronteiras, controlo de fronteiras, guarda de fronteira, prisoes
        """,
    },
    "separation": {
        "en": """
            segregation, segregated, ethnic minority, ethnic minorities, ethnic group, ethnic groups,
            ethnicity, ethnic cleansing, religious minority, religious minorities, sectarian, sectarianism,
            tribal, intercommunal, inter-communal, interethnic, inter-ethnic, apartheid, discrimination
        """,
        "fr": """
            minorite ethnique, minorites ethniques, groupe ethnique, groupes ethniques, ethnie, ethnies,
            minorites religieuses, intercommunautaire, intercommunautaires, interethnique, interethniques
        """,
        "es": """
            minoria etnica, minorias etnicas, grupo etnico, grupos etnicos, etnia, etnias, minorias
            religiosas, discriminacion, segregacion, intercomunitario, intercomunitarios, interetnico
        """,
        "pt": """
            minorias, discriminacao, segregacao
        """,
    },
    "land": {
        "en": """
            land acquisition, land acquisitions, land grab, land grabs, land grabbing, land seizure,
            expropriation, expropriated, confiscation, confiscated, dispossession, mining company, mining
            companies, mining project, mining projects, mining sector, mining concession, mining
            concessions, artisanal mining, extractive industry, extractive industries, land titling, land
            registration, land conflict, land conflicts, land dispute, land disputes, hydropower dam,
            hydroelectric dam, large dam
        """,
        "fr": """
            acquisition fonciere, acquisitions foncieres, accaparement des terres, expropriations, conflit
            foncier, conflits fonciers, litiges fonciers, titres fonciers, concession miniere, concessions
            minieres, industries extractives, exploitation miniere, barrage hydroelectrique
        """,
        "es": """
            adquisicion de tierras, acaparamiento de tierras, expropiacion, expropiaciones, confiscacion,
            despojo de tierras, conflicto de tierras, conflictos de tierras, titulacion de tierras, mineria,
            concesion minera, concesiones mineras, industrias extractivas, represa, represas
        """,
        "pt": """
            aquisicao de terras, usurpacao de terras, apropriacao de terras, expropriacao, desapropriacao,
            confisco, conflito fundiario, conflitos fundiarios, mineracao, concessao mineira, concessoes
            mineiras, industrias extrativas, barragem, barragens
        """,
    },
    "watching": {
        "en": """
            surveillance system, surveillance systems, surveillance camera, surveillance cameras, video
            surveillance, cctv, facial recognition, wiretapping, interception of communications, lawful
            interception, internet shutdown, internet shutdowns, internet blackout, website blocking,
            censorship, drones
        """,
        "fr": """
            videosurveillance, camera de surveillance, cameras de surveillance, reconnaissance faciale,
            ecoutes telephoniques, interception des communications, coupure d'internet, coupures d'internet,
            censure
        """,
        "es": """
            videovigilancia, camaras de vigilancia, reconocimiento facial, escuchas telefonicas,
            interceptacion de comunicaciones, apagon de internet, bloqueo de internet, censura
        """,
        "pt": """
            videomonitoramento, cameras de vigilancia, reconhecimento facial, escutas telefonicas,
            interceptacao de comunicacoes, corte de internet, bloqueio da internet
        """,
    },
    "return": {
        "en": """
            repatriation, repatriate, repatriated, refoulement, readmission, returnee, returnees, return of
            refugees, refugee return, refugee returns, return and reintegration, voluntary return, voluntary
            returns, forced return, forced returns, failed asylum seekers
        """,
        "fr": """
            rapatriement, rapatriements, rapatries, readmission, retour des refugies, retour de refugies,
            retour volontaire, retours volontaires, retours forces, retournes
        """,
        "es": """
            repatriacion, repatriados, readmision, retorno de refugiados, retorno voluntario, retornos
            voluntarios, retorno forzado, retornados, devolucion en caliente
        """,
        "pt": """
            repatriamento, repatriacao, readmissao, regresso de refugiados, regresso voluntario, retorno de
            migrantes, retornados
        """,
    },
}

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
