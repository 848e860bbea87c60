"""Prints the tables of the reference pages from the code, so that they cannot grow stale.

A page says `<!-- from code: NAME -->`; the table of that name takes its place when the pages are built.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

GRADES = {"REFUSED": "error", "REVIEW": "warning", "ALLOWED": "note"}
_PLACE = re.compile(r"<!-- from code: ([a-z-]+) -->")


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines.extend(
        "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    )
    return "\n".join(lines)


def _code(value: object) -> str:
    return f"`{value}`"


def _types() -> str:
    rows = importlib.import_module("custmaster.value.document_types").DOCUMENT_TYPES
    heads = ("code", "中文", "English", "whose", "family", "form of the number")
    return _table(heads, ((_code(t), r.zh, r.en, r.party, _code(r.family), _code(r.form)) for t, r in rows.items()))


def _forms() -> str:
    standards = importlib.import_module("custmaster.value.identity.standards").STANDARDS
    return _table(("form", "standard"), ((_code(form), standard) for form, standard in standards.items()))


def _keys() -> str:
    handbook = importlib.import_module("custmaster.handbook")
    book = handbook.default()
    rows = (
        (_code(key.name), key.zh, key.en, handbook.plain_value(entry.value), entry.since, entry.article)
        for key in handbook.KEYS
        for entry in book.timeline(key).entries
    )
    return _table(("key", "中文", "English", "value", "from", "article"), rows)


def _messages() -> str:
    messages = importlib.import_module("custmaster.handbook").messages
    return _table(("code", "中文", "English"), ((_code(c), m.zh, m.en) for c, m in sorted(messages().items())))


def _rules() -> str:
    """Every rule on one entry: its code, how far it goes, where it is shown, and what it cites."""
    room = "custmaster.customer"
    page = importlib.import_module("custmaster.handbook").default().on(date.max)
    entry = importlib.import_module(f"{room}.entry_rules").ENTRY_RULES
    document = importlib.import_module(f"{room}.document_rules").DOCUMENT_RULES
    cite = importlib.import_module(f"{room}.rule").cite
    listed = [(rule, "") for rule in entry] + [(rule, "documents[n].") for rule in document]
    cited = [(rule, prefix, cite(rule, page, "the standard of the number")) for rule, prefix in listed]
    rows = [
        (_code(r.code), GRADES[r.outcome], _code(p + r.field), c.article, _code(c.key) if c.key else "")
        for r, p, c in cited
    ]
    texts = importlib.import_module(f"{room}.text_rules")
    for mark, (code, outcome, addresses) in texts.MARK_CODES.items():
        fields = "`name`, `addresses[n]`" if addresses else "`name`"
        rows.append((_code(code), GRADES[outcome], fields, f"mark {mark}", ""))
    for code, (listed, outcome, cited_as) in texts.NUMBER_CODES.items():
        rows.append((_code(code), GRADES[outcome], f"`{listed}[n]`", cited_as.article, ""))
    return _table(("code", "severity", "field", "source", "handbook key"), rows)


def _faults() -> str:
    errors = importlib.import_module("custmaster.errors")
    return _table(
        ("code", "meaning"),
        (
            (_code(fault), errors.InvalidValue(fault).args and str(errors.InvalidValue(fault)).rpartition(" (")[0])
            for fault in errors.Fault
        ),
    )


def _verbs(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield parser
    for action in inner:
        for verb in action.choices.values():
            yield from _verbs(verb)


def _cli() -> str:
    parser = importlib.import_module("custmaster.cli.main").parser()
    parts = []
    for verb in _verbs(parser):
        verb.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=100)
        parts.append(f"## `{verb.prog}`\n\n```text\n{verb.format_help()}```\n")
    return "\n".join(parts)


def _api() -> str:
    face = importlib.import_module("custmaster")
    rooms: list[tuple[str, str]] = sorted((room, name) for name, room in face._ROOM_OF.items())
    parts = []
    for room, named in groupby(rooms, key=lambda pair: pair[0]):
        module: Any = importlib.import_module(room)
        summary = (module.__doc__ or "").partition("\n")[0]
        names = "".join(f"\n::: {room}.{name}\n" for _, name in named)
        parts.append(f"## `{room}`\n\n{summary}\n{names}")
    return "\n".join(parts)


_NOT_ON_THE_FACE = ("contract", "roster", "circle", "limits", "screening", "desk")
_QUESTIONS = (
    *("sign", "amend", "suspend", "resume", "terminate", "transfer", "close", "authorise", "reverse"),
    *("open", "remove", "reactivate"),
    *("enlist", "propose", "accept", "reject", "withdraw", "assign_to", "hand_over", "return_to_pool", "add_helper"),
    *("drop_helper", "revise", "convert", "strike_off", "leave_post", "erase_due"),
)


def _rooms() -> str:
    """Every public name of the rooms whose names the face does not offer, and the questions of the desk."""
    shown = importlib.import_module("custmaster")._ROOM_OF
    parts = []
    for word in _NOT_ON_THE_FACE:
        room = f"custmaster.{word}"
        module: Any = importlib.import_module(room)
        names = [name for name in sorted(module.__all__) if shown.get(name) != room]
        parts += [f"## `{room}`", (module.__doc__ or "").partition("\n")[0], *(f"::: {room}.{name}" for name in names)]
    asked = (
        *(f"{word}.decide" for word in _QUESTIONS),
        "authorise.prepare",
        "expire.sweep",
        "overview.overview",
        "due.due",
    )
    parts += ["## The questions of the desk", *(f"::: custmaster.desk.{name}" for name in asked)]
    return "\n\n".join(parts)


def _ties() -> str:
    """What a tie of two documents and the level of the names say together."""
    room = "custmaster.dedup"
    levels = importlib.import_module(f"{room}.compare").Level
    rows = importlib.import_module(f"{room}.tables").DOCUMENT_VERDICTS
    words = {"AGREE": "names equal", "NEAR": "perhaps one name", "DIFFER": "another name", "MISSING": "a name missing"}
    heads = ("documents", *(words[level.name] for level in levels))
    return _table(heads, ((_code(tie), *(_code(row[level]) for level in levels)) for tie, row in rows.items()))


def _suspicions() -> str:
    tables = importlib.import_module("custmaster.dedup.tables").TABLES
    rows = (
        (
            kind,
            " or ".join(level.name for level in rule.names),
            ", ".join(rule.agree),
            ", ".join(rule.ties),
            rule.source,
        )
        for kind, table in tables.items()
        for rule in table.suspicions
    )
    return _table(("customers", "names", "fields equal", "documents", "sentence of the requirements"), rows)


def _stock_rows() -> str:
    """The rows of the tables for a whole stock, vetoes last."""
    tables = importlib.import_module("custmaster.dedup.stock_tables").STOCK_TABLES
    rows = (
        (
            kind,
            _code(rule.name),
            _asked(rule),
            "withdraws" if rule.verdict == "NEW" else rule.verdict,
            rule.source,
        )
        for kind, table in tables.items()
        for rule in (*table.suspicions, *table.vetoes)
    )
    return _table(("customers", "row", "what must hold", "gives", "sentence of the requirements"), rows)


def _asked(rule: Any) -> str:
    """Everything that a row asks, as signs."""
    asked = [] if len(rule.names) > 2 else ["".join(rule.names) + "NAME"]
    asked += [f"documents {' or '.join(rule.ties)}"] if rule.ties else []
    asked += ["no document on one side"] if rule.undocumented else []
    asked += [f"+{field}" for field in rule.agree]
    asked += [f"{' or '.join(level or 'missing' for level in levels)} {field}" for field, levels in rule.where.items()]
    return ", ".join(asked)


def _stock_keys() -> str:
    room = importlib.import_module("custmaster.dedup.stock_keys")
    return _table(("text", "made of"), ((_code(kind), kind.lower().replace("_", " + ")) for kind in room.StockKey))


def _rule_words() -> str:
    """What a rules file may say."""
    room = "custmaster.dedup"
    folds = importlib.import_module(f"{room}.feature_folds")
    likenesses = importlib.import_module(f"{room}.likenesses")
    rows = [("fold", ", ".join(map(_code, folds.FOLDS))), ("fold with a figure", ", ".join(map(_code, folds.MADE)))]
    rows += [
        ("comparison", ", ".join(map(_code, likenesses.PLAIN))),
        ("comparison with a figure", ", ".join(map(_code, likenesses.MADE))),
    ]
    return _table(("", "words"), rows)


def _existence() -> str:
    room = "custmaster.dedup"
    outcomes = importlib.import_module(f"{room}.codes").OUTCOMES
    messages = importlib.import_module("custmaster.handbook").messages()
    rows = ((_code(code), outcome, messages[code].zh, messages[code].en) for code, outcome in outcomes.items())
    return _table(("code", "outcome", "中文", "English"), rows)


def _key_kinds() -> str:
    keys = importlib.import_module("custmaster.dedup.keys")
    rows = ((_code(kind), "broad" if kind in keys.BROAD else "") for kind in keys.KeyKind)
    return _table(("key", ""), rows)


def _sync_table() -> str:
    room = importlib.import_module("custmaster.report.sync_table")
    options = importlib.import_module("custmaster.sync.options").Options()
    return _table(room.SHEET, ((*(_code(c) for c in row[:4]), *row[4:]) for row in room.sheet(options)))


def _sync_sentences() -> str:
    sentences = importlib.import_module("custmaster.sync.sentences").SENTENCES
    rows = ((one.source, one.zh, one.en, "quoted" if one.quoted else "read between the lines") for one in sentences)
    return _table(("number", "sentence", "English", ""), rows)


def _sync_open_places() -> str:
    rows = (
        (
            one.name,
            f"{one.zh} {one.en}",
            _code(one.key.name) if one.key else "",
            one.default,
            ", ".join(one.others) or "none offered",
            one.reason,
            one.source,
        )
        for one in importlib.import_module("custmaster.sync.ambiguities").AMBIGUITIES
    )
    return _table(("", "question", "handbook key", "this library", "others", "why", "sentences"), rows)


def _sync_next() -> str:
    cells = importlib.import_module("custmaster.sync.cells").NEXT
    messages = importlib.import_module("custmaster.handbook").messages()
    rows = ((_code(why), messages[why].en, _code(after), messages[after].en) for why, after in cells.items())
    return _table(("code", "why", "next", "what happens next"), rows)


def _merge_blockers() -> str:
    rows = importlib.import_module("custmaster.desk.merge_grounds").BLOCKERS
    messages = importlib.import_module("custmaster.handbook").messages()
    heads = ("code", "what must not be so", "outcome", "remedy", "中文", "source")
    return _table(
        heads,
        (
            (
                _code(row.code),
                (row.finds.__doc__ or "").strip().partition("\n")[0] + (" *published*" if row.published else ""),
                row.outcome if row.liftable else f"{row.outcome}, no approval lifts it",
                messages[row.code].en,
                messages[row.code].zh,
                row.article,
            )
            for row in rows
        ),
    )


def _joint_rows() -> str:
    joint = importlib.import_module("custmaster.desk.joint")
    rows = (
        (
            row.on.__name__,
            "FORBID" if isinstance(row, joint.Forbid) else "FORCE",
            row.noun,
            _code(row.says if isinstance(row, joint.Forbid) else getattr(row.leads_to, "__name__", row.leads_to)),
            row.source,
        )
        for row in joint.JOINT
    )
    return _table(("event", "", "noun", "consequence, or what may stand against it", "source"), rows)


def _steps(table: Any, state: str, what: str) -> str:
    """A table of a life: each state with what may happen in it."""
    rows = (
        (_code(s), ", ".join(f"{k.__name__}: {_code(r)}" for k, r in row.items()) or "-") for s, row in table.items()
    )
    return _table((state, what), rows)


def _number_steps() -> str:
    steps = importlib.import_module("custmaster.dedup.alias_events").NUMBER_STEPS
    return _steps(steps, "status", "what may happen, and what the number is then")


def _contract_sameness() -> str:
    room = importlib.import_module("custmaster.contract")
    rows = (
        (_code(category), room.CATEGORY_NAMES[category], _code(split) if split else "", ", ".join(map(_code, parts)))
        for (category, split), parts in room.SAMENESS.items()
    )
    return _table(("category", "中文", "flow or level", "key"), rows)


def _contract_life() -> str:
    steps = importlib.import_module("custmaster.contract").CONTRACT_TRANSITIONS
    return _steps(steps, "state", "what may happen, and what the contract is then")


def _roster_posts() -> str:
    rows = importlib.import_module("custmaster.roster").POSTS
    page = importlib.import_module("custmaster.handbook").default().on(date.max)
    floors = (
        (_code(post), row.zh, row.en, "none" if row.floor is None else page[row.floor]) for post, row in rows.items()
    )
    return _table(("post", "中文", "English", "floor"), floors)


def _roster_sources() -> str:
    rows = (
        (
            _code(source),
            row.zh,
            row.en,
            ", ".join(map(_code, row.asks)) or "-",
            "a quality level" if row.quality_only else "any",
            "yes" if row.may_be_prospect else "no",
            row.source,
        )
        for source, row in importlib.import_module("custmaster.roster").SOURCES.items()
    )
    return _table(("source", "中文", "English", "must state", "level", "prospect", "article"), rows)


def _roster_segments() -> str:
    room = importlib.import_module("custmaster.roster")
    rows = (
        (
            "a customer" if customer else "a prospect",
            "quality" if quality else "below",
            "yes" if other else "no",
            _code(segment),
            room.SEGMENTS[segment].zh,
            "inside (内)" if room.SEGMENTS[segment].inside else "outside (外)",
            room.SEGMENTS[segment].source,
        )
        for (customer, quality, other), segment in room.SEGMENT_ROWS.items()
    )
    return _table(("who", "level", "of another bank", "segment", "中文", "", "article"), rows)


def _roster_rules() -> str:
    rules = importlib.import_module("custmaster.roster").ENTRY_RULES
    return _table(("what must hold",), ((rule.__doc__,) for rule in rules))


def _roster_life() -> str:
    room = importlib.import_module("custmaster.roster")
    rows = (
        (
            _code(state),
            ", ".join(f"{kind.__name__}: {_code(reached)}" for kind, reached in row.items()),
            ", ".join(
                f"{kind.__name__}: {' or '.join(map(_code, told))}"
                for kind, told in room.ENTRY_STANDINGS[state].items()
            ),
        )
        for state, row in room.ENTRY_TRANSITIONS.items()
    )
    return _table(("state", "what may happen, and what the entry is then", "merges and their undoing"), rows)


def _contract_rules() -> str:
    room = importlib.import_module("custmaster.contract")
    listed = [(rule, "the request") for rule in room.SIGNING_RULES]
    listed += [(rule, "each live contract beside it") for rule in room.PAIR_RULES]
    rows = ((_code(rule.__name__), about, rule.__doc__.strip()) for rule, about in listed)
    return _table(("rule", "about", "what must hold"), rows)


def _contract_grounds() -> str:
    grounds = importlib.import_module("custmaster.contract").GROUNDS
    messages = importlib.import_module("custmaster.handbook").messages()
    rows = (
        (
            _code(code),
            ground.outcome if ground.liftable else f"{ground.outcome}, no approval lifts it",
            messages[code].en,
            messages[code].zh,
            ground.article,
        )
        for code, ground in grounds.items()
    )
    return _table(("code", "outcome", "English", "中文", "source"), rows)


def _circle_words() -> str:
    """The words of circles in both languages: kinds, types, sources, steps."""
    room = importlib.import_module("custmaster.circle")
    lists = {
        "kind of circle": room.CIRCLE_KINDS,
        "type of topic": room.TOPIC_TYPES,
        "source of a topic": room.TOPIC_SOURCES,
        "step": room.STEPS,
        "support": room.SUPPORT_KINDS,
    }
    rows = ((what, _code(code), row.zh, row.en) for what, words in lists.items() for code, row in words.items())
    return _table(("", "code", "中文", "English"), rows)


def _circle_life() -> str:
    room = importlib.import_module("custmaster.circle")
    return _steps(room.TOPIC_TRANSITIONS, "state", "what may happen, and what the topic is then")


def _circle_pdca() -> str:
    room = importlib.import_module("custmaster.circle")
    return _steps(room.PDCA, "phase", "what may follow, and where the topic is then")


def _circle_procedures() -> str:
    room = importlib.import_module("custmaster.circle")
    page = importlib.import_module("custmaster.handbook").default().on(date.max)
    rows = (
        (_code(name), _code(row.step), place, row.zh, row.en, "a check not met goes back to here" if row.back else "")
        for name, key in room.PROCEDURES.items()
        for place, row in enumerate(page[key], start=1)
    )
    return _table(("procedure", "within", "", "中文", "English", ""), rows)


def _circle_criteria() -> str:
    criteria = importlib.import_module("custmaster.circle").CRITERIA
    rows = ((_code(c), row.zh, row.en, _code(row.field), _code(row.before)) for c, row in criteria.items())
    return _table(("criterion", "中文", "English", "field of a topic", "answered before"), rows)


def _circle_form() -> str:
    form = importlib.import_module("custmaster.circle").RECORD_FORM
    rows = ((_code(name), row.zh, row.en, "always" if row.required else "if any") for name, row in form.items())
    return _table(("field", "中文", "English", "filled"), rows)


def _circle_counting() -> str:
    room = importlib.import_module("custmaster.circle")
    listed = [(rule, "an activity counts") for rule in room.COUNTING_RULES]
    listed += [(rule, "the members of a circle") for rule in room.COMPOSITION_RULES]
    return _table(("rule", "about", "what must hold"), ((_code(r.__name__), a, r.__doc__.strip()) for r, a in listed))


def _circle_originals() -> str:
    originals = importlib.import_module("custmaster.circle").ORIGINALS
    rows = ((_code(kind), row.zh, row.en, "always" if row.required else "if any") for kind, row in originals.items())
    return _table(("original", "中文", "English", "kept"), rows)


def _circle_report() -> str:
    rules = importlib.import_module("custmaster.circle").REPORT_RULES
    rows = ((_code(r), row.zh, row.en, "a person" if row.judge is None else "counting") for r, row in rules.items())
    return _table(("rule", "中文", "English", "told by"), rows)


def _circle_grounds() -> str:
    grounds = importlib.import_module("custmaster.circle").CIRCLE_GROUNDS
    messages = importlib.import_module("custmaster.handbook").messages()
    rows = (
        (_code(code), row.outcome, messages[code].en, messages[code].zh, row.article) for code, row in grounds.items()
    )
    return _table(("code", "outcome", "English", "中文", "source"), rows)


def _circle_readings() -> str:
    rows = (
        (" / ".join(one.sources), one.question, one.reading, one.effect, f"`{one.key.name}` = {one.value}")
        for one in importlib.import_module("custmaster.circle").READINGS
    )
    return _table(("", "question", "reading", "what follows", "switch"), rows)


def _limit_rows() -> str:
    """Every figure of a limit by regulation, with the day from which it holds; then how many accounts of a class there may be."""
    book = importlib.import_module("custmaster.handbook").default()
    regulation = importlib.import_module("custmaster.limits.regulation").REGULATION
    counts = importlib.import_module("custmaster.limits.classes").CLASS_COUNTS
    listed = [(code, r.figure, r.measure, r.more.get("over", "REFUSE")) for code, r in regulation.items()]
    listed += [(one, rule.most, "accounts", f"{rule.code}, {rule.outcome}") for one, rule in counts.items()]
    rows = (
        (_code(name), key.zh, key.en, measure, entry.value, entry.since, above, entry.article)
        for name, key, measure, above in listed
        for entry in book.timeline(key).entries
    )
    return _table(("row", "中文", "English", "measure", "figure", "from", "above it", "article"), rows)


def _columns(heads: Mapping[str, Mapping[str, Sequence[str]]], required: Mapping[str, Sequence[str]]) -> str:
    """The columns of every file, which must be there, and how else each may be headed."""
    parts = []
    for name, fields in heads.items():
        if name == "before":
            continue
        needed = {key: len(one.split("|")) for one in required[name] for key in one.split("|")}
        told = {0: "", 1: "yes", 2: "this or the other"}
        also = ((_code(key), told[needed.get(key, 0)], ", ".join(words)) for key, words in fields.items())
        table = _table(("column", "must be there", "also headed"), also)
        parts.append(f"**`--{name}`**{' and `--before`' if name == 'assignments' else ''}\n\n{table}")
    return "\n\n".join(parts)


def _roster_columns() -> str:
    words = importlib.import_module("custmaster.wire.roster_words")
    return _columns(words.HEADS, words.REQUIRED)


def _circle_columns() -> str:
    words = importlib.import_module("custmaster.wire.circle_words")
    return _columns(words.CIRCLE_HEADS, words.CIRCLE_REQUIRED)


def _circle_clock_codes() -> str:
    messages = importlib.import_module("custmaster.handbook").messages()
    outcomes = importlib.import_module("custmaster.circle").CLOCK_OUTCOMES
    rows = ((_code(code), outcome, messages[code].en, messages[code].zh) for code, outcome in outcomes.items())
    return _table(("code", "outcome", "English", "中文"), rows)


def _circle_file_codes() -> str:
    return _file_codes(importlib.import_module("custmaster.wire.circle_codes").CIRCLE_FILE_RULES)


def _roster_levels() -> str:
    words = importlib.import_module("custmaster.wire.roster_words")
    return _table(("words that mean one level",), ((", ".join(row),) for row in words.LEVEL_WORDS))


def _roster_file_codes() -> str:
    return _file_codes(importlib.import_module("custmaster.wire.roster_codes").ROSTER_FILE_RULES)


def _file_codes(rules: Mapping[Any, tuple[Any, str]]) -> str:
    messages = importlib.import_module("custmaster.handbook").messages()
    rows = ((_code(c), GRADES[o], messages[c].en, article) for c, (o, article) in rules.items())
    return _table(("code", "severity", "what", "source"), rows)


def _laws() -> str:
    """Every law, under the rules that it judges."""
    sets = importlib.import_module("custmaster.testing.laws").LAW_SETS
    rows = (
        (_code(law.name), law.says, _code(rules.__name__), law.source) for rules, laws in sets.items() for law in laws
    )
    return _table(("law", "what must hold", "of", "source"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "document-types": _types,
    "number-forms": _forms,
    "handbook-keys": _keys,
    "messages": _messages,
    "rules": _rules,
    "faults": _faults,
    "existence-ties": _ties,
    "existence-suspicions": _suspicions,
    "existence-outcomes": _existence,
    "existence-keys": _key_kinds,
    "stock-rows": _stock_rows,
    "stock-keys": _stock_keys,
    "rule-words": _rule_words,
    "sync-table": _sync_table,
    "sync-sentences": _sync_sentences,
    "sync-open-places": _sync_open_places,
    "sync-next": _sync_next,
    "merge-blockers": _merge_blockers,
    "joint-rows": _joint_rows,
    "number-steps": _number_steps,
    "contract-sameness": _contract_sameness,
    "contract-life": _contract_life,
    "contract-rules": _contract_rules,
    "roster-posts": _roster_posts,
    "roster-sources": _roster_sources,
    "roster-segments": _roster_segments,
    "roster-rules": _roster_rules,
    "roster-life": _roster_life,
    "contract-grounds": _contract_grounds,
    "limit-rows": _limit_rows,
    "roster-columns": _roster_columns,
    "roster-levels": _roster_levels,
    "roster-file-codes": _roster_file_codes,
    "circle-words": _circle_words,
    "circle-life": _circle_life,
    "circle-pdca": _circle_pdca,
    "circle-procedures": _circle_procedures,
    "circle-criteria": _circle_criteria,
    "circle-form": _circle_form,
    "circle-counting": _circle_counting,
    "circle-originals": _circle_originals,
    "circle-report": _circle_report,
    "circle-grounds": _circle_grounds,
    "circle-readings": _circle_readings,
    "circle-columns": _circle_columns,
    "circle-clock-codes": _circle_clock_codes,
    "circle-file-codes": _circle_file_codes,
    "laws": _laws,
    "cli": _cli,
    "api": _api,
    "rooms": _rooms,
}


def on_page_markdown(markdown: str, **_: object) -> str:
    """Called by mkdocs for each page."""
    return _PLACE.sub(lambda place: TABLES[place[1]](), markdown)
