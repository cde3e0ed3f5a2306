"""What is translated as a whole: the patient's frame, help, leaving, the check-in and what is said after it."""

COMPONENTS = (
    "check_in_scale",
    "help_actions",
    "help_card",
    "language_switch",
    "leave_button",
    "messages",
    "portal_nav",
    "ribbon",
)
PAGES = (
    "portal/_check_in_form",
    "portal/_check_in_words",
    "portal/_danger",
    "portal/_pinned",
    "portal/check_in",
    "portal/help",
    "portal/help_first",
    "portal/safety_plan",
    "portal/safety_plan_section",
    "entrance/_help_line",
    "entrance/help",
    "entrance/left",
    "base",
    "shell_portal",
    "shell_public",
)
CODE = (
    "clinic/intake/check_ins.py",
    "clinic/models/safety_plan.py",
    "clinic/safety/card_text.py",
    "clinic/safety/cards_care.py",
    "clinic/safety/cards_danger.py",
    "clinic/safety/help.py",
    "dashboard/context.py:_patient",
    "dashboard/portal/answers.py",
    "dashboard/portal/before.py",
    "dashboard/portal/check_in.py",
    "dashboard/portal/danger.py",
    "dashboard/portal/fields.py",
    "dashboard/portal/followed.py",
    "dashboard/portal/forms.py",
    "dashboard/portal/letters.py:name_of",
    "dashboard/portal/pinned.py",
    "dashboard/portal/safety_plan.py",
    "dashboard/portal/safety_plan_section.py",
    "dashboard/portal/safety_plan_words.py",
    "dashboard/portal/today.py",
    "dashboard/portal/when.py",
)
WHOLE = (
    *(f"templates/_components/{name}.html" for name in COMPONENTS),
    *(f"templates/{name}.html" for name in PAGES),
    *CODE,
)
"""Files whose every sentence has a translation in each catalogue. A new sentence here needs all of them."""
