"""Sentences as HR has them and as a person would rewrite them, and the fewest characters that must be marked."""

import re

EDITS = [
    ("Handle all requests from residents politely.", "Handle all requests from customers politely."),
    ("Answers the telephone.", "Answers the telephone within three rings."),
    (
        "Responsible for answering telephone calls and e-mails.",
        "Responsible for answering telephone calls, e-mails and chats.",
    ),
    (
        "Maintain accurate records of all transactions.",
        "Maintain accurate, up-to-date records of all customer transactions.",
    ),
    (
        "Must have excellent communication skills.",
        "Listens to customers, explains decisions in plain language and confirms what happens next.",
    ),
    (
        "Good communication skills are required for this role.",
        "Clear communication with customers is required for this role.",
    ),
    (
        "Ensure that complaints are dealt with promptly.",
        "Ensure that complaints are acknowledged within one working day and dealt with promptly.",
    ),
    ("Reports to the Head of Operations.", "Reports to the Head of Customer Operations."),
    (
        "The post holder will process invoices.",
        "The post holder will process invoices so that suppliers are paid on time.",
    ),
    (
        "Work with colleagues, managers and other departments.",
        "Work with colleagues, managers, customers and other departments.",
    ),
    ("Deals with customers in a professional manner at all times.", "Treats customers with respect at all times."),
    (
        "Provide administrative support to the team.",
        "Provide administrative support to the team and to the people it serves.",
    ),
    ("5 years’ experience in a similar role.", "3 years’ experience in a customer-facing role."),
    (
        "Bearbeitet Anfragen von Bürgerinnen und Bürgern.",
        "Bearbeitet Anfragen von Bürgerinnen und Bürgern innerhalb von zwei Tagen.",
    ),
    ("Kundenorientierung wird vorausgesetzt.", "Fragt Kunden nach ihrem Anliegen und bestätigt die Lösung."),
    ("Il gère les appels des clients.", "Il gère les appels et les courriels des clients."),
    ("负责客户服务工作。", "负责客户体验工作。"),
    ("(Weekdays only)", "(Weekdays and Saturdays only)"),
    ("Keeps the reception area clean, tidy and safe.", "Keeps the reception area clean, tidy, safe and welcoming."),
    ("Attends meetings. Takes minutes.", "Attends meetings. Takes minutes. Tells customers what was decided."),
]


def least(old: str, new: str) -> int:
    """Return the fewest characters that any word-level comparison must mark."""
    a, b = (re.findall(r"\w+|\s|[^\w\s]", text) for text in (old, new))
    if re.search("[\u4e00-\u9fff]", old):
        a, b = list(old), list(new)
    kept = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            together = kept[i][j] + len(left) if left == right else 0
            kept[i + 1][j + 1] = max(kept[i][j + 1], kept[i + 1][j], together)
    return len(old) + len(new) - 2 * kept[-1][-1]
