"""Systems and codes that both directions share. Each code of LOINC carries its check digit."""

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM = "http://unitsofmeasure.org"
OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
RECORD_NUMBER = "urn:countersign:record-number"
"""The system of our record numbers as identifiers of a Patient."""
SIGNAL = "urn:countersign:signal"
"""The system of our own signals as codes of an Observation: "mood"."""
ZONE = "http://hl7.org/fhir/StructureDefinition/timezone"
PRONOUNS = "http://hl7.org/fhir/StructureDefinition/individual-pronouns"

PHQ9_PANEL, PHQ9_TOTAL, PHQ9_ITEM_9 = "44249-1", "44261-6", "44260-8"
GAD7_PANEL, GAD7_TOTAL = "69737-5", "70274-6"
STEPS_24H, SLEEP_DURATION = "41950-7", "93832-4"

ALL_LOINC = (
    PHQ9_PANEL,
    PHQ9_TOTAL,
    PHQ9_ITEM_9,
    GAD7_PANEL,
    GAD7_TOTAL,
    STEPS_24H,
    SLEEP_DURATION,
)


def has_check_digit(code: str) -> bool:
    """Whether the last digit of a LOINC code is the mod-10 check digit of the others."""
    number, dash, digit = code.partition("-")
    if not dash or not number.isdigit() or not digit.isdigit():
        return False
    odd, even = number[::-1][::2], number[::-1][1::2]
    total = sum(int(each) for each in even) + sum(int(each) for each in str(int(odd) * 2))
    return (10 - total % 10) % 10 == int(digit)
