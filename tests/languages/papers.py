"""HR documents in French, Dutch and Spanish, crafted for these tests, as Word files in several layouts."""

import io

import docx

PAPERS: dict[str, dict[str, str]] = {
    "fr": {
        "job_description": """
# Fiche de poste
| Intitulé du poste | Infirmier (H/F) |
| Service | Chirurgie |
| Supérieur hiérarchique | Cadre de santé |
| Rémunération | 2 400 € brut |
## Mission principale
L’infirmier assure la prise en charge des patients du service de chirurgie, de l’admission à la sortie.
## Activités principales
- Informer les patients et leurs familles sur les soins et la sortie
- Assurer les transmissions lors du changement d’équipe
- Collaborer étroitement avec les autres services
- Traiter les réclamations des patients
- Tenir à jour les dossiers de soins
## Profil recherché
- Diplôme d’État d’infirmier
- Capacité à travailler en équipe
## Conditions de travail
Temps plein, 35 heures par semaine
""",
        "job_advert": """
**Nous recrutons : Comptable fournisseurs (H/F)**
L’entreprise familiale fabrique des meubles de bureau à Lyon.
**Vos missions**
- Vous traitez les factures des fournisseurs et contrôlez les bons de commande.
- Vous répondez aux questions des fournisseurs et des collègues.
- Vous participez à la clôture mensuelle.
**Votre profil**
- Expérience souhaitée en comptabilité
- Maîtrise d’un tableur
**Nous offrons**
Un salaire de 30 000 € et des tickets restaurant.
**Comment postuler**
Envoyez votre candidature avant la fin du mois.
""",
        "review_form": """
# Entretien annuel d’évaluation
| Nom | |
| Période | |
## Échelle de notation
| Niveau | Signification |
| 1 | Insuffisant |
| 2 | Satisfaisant |
| 3 | Excellent |
## Évaluation des compétences
| Compétence | Description | Note | Commentaires |
| Service aux clients | Accueille les clients avec le sourire et enthousiasme | | |
| Travail en équipe | Participe aux réunions de l’équipe | | |
| Communication | Transmet les informations aux collègues | | |
## Commentaires du salarié

## Signatures
Signature du salarié : ____________
""",
        "kpi_sheet": """
# Tableau d’indicateurs de performance
| Objectif | Indicateur | Cible | Pondération | Source |
| Satisfaction | Score de satisfaction des clients | 90 % | 30 % | Enquête |
| Délais | Factures traitées par jour | 40 | 40 % | ERP |
| Qualité | Part des dossiers sans erreur | 98 % | 30 % | Contrôle |
""",
        "signed": """
# Entretien annuel d’évaluation
| Nom | Claire Martin |
| Période | 2025 |
## Évaluation des compétences
| Compétence | Description | Note | Commentaires |
| Service aux clients | Accueille les clients avec le sourire | 3 | Très bien |
## Signatures
Signature du salarié : Claire Martin
Date : 12/03/2025
""",
        "nothing": """
# Fiche de poste
| Intitulé du poste | Magasinier (H/F) |
| Service | Logistique |
| Supérieur hiérarchique | Chef d’équipe |
## Rémunération
Salaire : 1 900 € brut par mois
## Conditions de travail
Contrat à durée indéterminée, 35 heures par semaine
## Confidentialité
Le titulaire respecte le secret professionnel et le règlement intérieur.
""",
    },
    "nl": {
        "job_description": """
# Functieomschrijving
| Functietitel | Medewerker crediteurenadministratie (m/v/x) |
| Afdeling | Financiën |
| Leidinggevende | Hoofd administratie |
| Salaris | Schaal 7 |
## Doel van de functie
De medewerker zorgt voor een juiste verwerking van facturen van leveranciers en declaraties van collega’s.
## Taken en verantwoordelijkheden
- Controleren van facturen en declaraties
- Beantwoorden van vragen van leveranciers en collega’s
- Samenwerken met andere afdelingen
- Behandelen van klachten over betalingen
- Bijhouden van de administratie
## Functie-eisen
- MBO werk- en denkniveau
- Vermogen om nauwkeurig te werken
## Arbeidsomstandigheden
Dienstverband van 32 uur per week
""",
        "job_advert": """
**Vacature: Verpleegkundige (m/v/x)**
Ons ziekenhuis behandelt patiënten uit de hele regio.
**Dit ga je doen**
- Je informeert patiënten en familieleden over de behandeling en het ontslag.
- Je verzorgt de overdracht bij de dienstwissel.
- Je werkt samen met andere afdelingen.
**Wat vragen wij**
- Ervaring in de zorg is een pre
- Goede beheersing van het Nederlands
**Wat bieden wij**
Een salaris van € 3.200 bruto per maand.
**Solliciteren**
Stuur je sollicitatie naar de afdeling.
""",
        "review_form": """
# Beoordelingsformulier
| Naam medewerker | |
| Beoordelingsperiode | |
## Beoordelingsschaal
| Score | Betekenis |
| 1 | Onvoldoende |
| 2 | Voldoende |
| 3 | Uitstekend |
## Competenties
| Competentie | Omschrijving | Score | Opmerkingen |
| Klantgerichtheid | Is altijd vriendelijk en enthousiast tegen klanten | | |
| Samenwerking | Neemt deel aan het teamoverleg | | |
| Communicatie | Geeft informatie door aan collega’s | | |
## Opmerkingen medewerker

## Handtekeningen
Handtekening medewerker: ____________
""",
        "kpi_sheet": """
# KPI-overzicht klantenservice
| Doelstelling | Indicator | Streefwaarde | Weging | Bron |
| Tevredenheid | Klanttevredenheidsscore | 8,5 | 30 % | Enquête |
| Klachten | Minder klachten | 10 % | 30 % | Register |
| Snelheid | Gemiddelde afhandeltijd | 4 minuten | 40 % | Telefonie |
""",
        "signed": """
# Beoordelingsformulier
| Naam medewerker | Jan de Vries |
| Beoordelingsperiode | 2025 |
## Competenties
| Competentie | Omschrijving | Score | Opmerkingen |
| Klantgerichtheid | Is vriendelijk tegen klanten | 3 | Goed gedaan |
## Handtekeningen
Handtekening medewerker: Jan de Vries
Datum: 12-03-2025
""",
        "nothing": """
# Functieomschrijving
| Functietitel | Magazijnmedewerker (m/v/x) |
| Afdeling | Logistiek |
| Leidinggevende | Ploegleider |
## Salaris
Salaris: € 2.300 bruto per maand
## Arbeidsomstandigheden
Dienstverband voor bepaalde tijd, 36 uur per week
## Vertrouwelijkheid
Op deze functie zijn de geheimhoudingsplicht en de AVG van toepassing.
""",
    },
    "es": {
        "job_description": """
# Descripción del puesto
| Denominación del puesto | Técnico de mantenimiento (h/m) |
| Departamento | Servicios generales |
| Superior inmediato | Jefe de mantenimiento |
| Salario | 24.000 € |
## Misión del puesto
El técnico asegura el funcionamiento de las instalaciones del hospital para los pacientes y el personal.
## Funciones principales
- Realizar el mantenimiento preventivo de equipos e instalaciones
- Atender las solicitudes de los departamentos
- Colaborar con otros departamentos
- Registrar las averías y resolver las incidencias
- Actualizar la documentación de los equipos
## Requisitos
- Ciclo formativo de grado superior
- Capacidad de trabajo en equipo
## Condiciones de trabajo
Jornada completa, 40 horas por semana
""",
        "job_advert": """
**Oferta de empleo: Recepcionista de hotel (h/m)**
Nuestro hotel recibe huéspedes de todo el mundo.
**Tus funciones**
- Atenderás las consultas de los huéspedes en recepción.
- Informarás a los huéspedes sobre los servicios del hotel.
- Gestionarás las quejas y reclamaciones.
**Qué buscamos**
- Se valorará experiencia en hostelería
- Buen nivel de inglés
**Qué ofrecemos**
Un salario de 18.000 € y manutención.
**Cómo inscribirse**
Envía tu CV antes de fin de mes.
""",
        "review_form": """
# Evaluación del desempeño
| Nombre del empleado | |
| Periodo de evaluación | |
## Escala de evaluación
| Nivel | Significado |
| 1 | Insuficiente |
| 2 | Satisfactorio |
| 3 | Excelente |
## Evaluación de competencias
| Competencia | Descripción | Puntuación | Comentarios |
| Atención al cliente | Es siempre amable y muestra entusiasmo con los clientes | | |
| Trabajo en equipo | Participa en las reuniones del equipo | | |
| Comunicación | Comunica la información a los compañeros | | |
## Comentarios del empleado

## Firmas
Firma del empleado: ____________
""",
        "kpi_sheet": """
# Hoja de indicadores clave
| Objetivo | Indicador | Valor objetivo | Ponderación | Fuente |
| Satisfacción | Índice de satisfacción de los clientes | 90 % | 30 % | Encuesta |
| Reclamaciones | Reducir el número de reclamaciones | 10 % | 30 % | Registro |
| Rapidez | Tiempo medio de llamada | 4 minutos | 40 % | Centralita |
""",
        "signed": """
# Evaluación del desempeño
| Nombre del empleado | Marta Ruiz |
| Periodo de evaluación | 2025 |
## Evaluación de competencias
| Competencia | Descripción | Puntuación | Comentarios |
| Atención al cliente | Es amable con los clientes | 3 | Muy bien |
## Firmas
Firma del empleado: Marta Ruiz
Fecha: 12/03/2025
""",
        "nothing": """
# Descripción del puesto
| Denominación del puesto | Mozo de almacén (h/m) |
| Departamento | Logística |
| Superior inmediato | Jefe de equipo |
## Salario
Salario: 1.400 € brutos al mes
## Condiciones de trabajo
Contrato indefinido, 40 horas por semana
## Confidencialidad
El titular está sujeto al deber de secreto profesional y a la protección de datos.
""",
    },
}

CHINESE = """
# 职位描述
## 岗位职责
- 接听客户来电并回答客户的问题，与其他部门密切合作
- 处理投诉，记录客户的意见，并及时向主管报告
- 维护客户档案，确保资料完整准确
## 任职要求
- 具有良好的沟通能力和团队合作精神
"""

ITALIAN = """
# Descrizione della posizione
## Scopo della posizione
La persona si occupa della gestione delle fatture dei fornitori e delle note spese dei colleghi.
## Compiti principali
- Rispondere alle domande dei fornitori e dei colleghi
- Collaborare con gli altri uffici per la chiusura mensile
- Gestire i reclami dei clienti e registrare le cause
"""


def word_file(text: str) -> bytes:
    """Build a Word file: "# " headings, "- " items, "**bold**" pseudo-headings, "| a | b |" rows, else paragraphs."""
    made = docx.Document()
    table = None
    for line in text.strip("\n").split("\n"):
        if not line.startswith("|"):
            table = None
            _paragraph(made, line)
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if table is None:
            table = made.add_table(rows=0, cols=len(cells))
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _paragraph(made: "docx.document.Document", line: str) -> None:
    marks, _, words = line.partition(" ")
    if marks and set(marks) == {"#"}:
        made.add_heading(words, len(marks))
    elif line.startswith("- "):
        made.add_paragraph(words, style="List Bullet")
    elif line.startswith("**"):
        made.add_paragraph().add_run(line.strip("*")).bold = True
    else:
        made.add_paragraph(line)
