"""A made-up bank and its review, as large as asked, with every figure worked out here by itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from custmaster.decision import Approval, Citation
from custmaster.handbook import Language
from custmaster.roster.entry import Assignment, Prospect, RosterEntry
from custmaster.roster.figures import Figure, FigureKind, Met
from custmaster.roster.kinds import EntryState, Post, Segment, Source
from custmaster.roster.review import Call, Change, OutletReview, Roster, RosterReview, StaffReview, YearGrowth
from custmaster.roster.staff import Outlet, Posting, Staff
from custmaster.value.name import Name
from custmaster.value.phone import Phone

DAY = date(2026, 11, 28)
LEVELS = ("普通", "金卡", "白金卡", "钻石卡", "私人银行")
ENGLISH = ("ordinary", "gold", "platinum", "diamond", "private banking")
TEAM = (
    *(Post.OUTLET_HEAD, Post.LOBBY_MANAGER, Post.ACCOUNTING_SUPERVISOR, Post.TELLER, Post.TELLER),
    *(Post.TELLER, Post.TELLER, Post.BACK_OFFICE, Post.RURAL_MANAGER, Post.ACCOUNT_MANAGER),
)
FLOORS = {
    Post.OUTLET_HEAD: (25, "R-18"),
    Post.LOBBY_MANAGER: (25, "R-18"),
    Post.ACCOUNTING_SUPERVISOR: (20, "R-19"),
    Post.TELLER: (10, "R-20"),
    Post.BACK_OFFICE: (10, "R-20"),
    Post.RURAL_MANAGER: (5, "R-21"),
}
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", ("伟", "芳", "秀英", "敏", "静", "丽", "强", "磊", "洋", "艳", "娜")
PLACES = ("城关", "河东", "新区", "北门", "南桥", "柳林", "石桥", "东风", "和平", "解放路", "工业园", "火车站")


def ratio(kind: FigureKind, subject: str, parts: tuple[int, int], target: int) -> Figure:
    numerator, denominator = parts
    article = Citation(article={"GROWTH": "文一 二、1", "SHARE": "文一 二、2", "PER_HEAD": "文一 二、3"}[kind])
    given = {"kind": kind, "subject": subject, "numerator": numerator, "denominator": denominator, "citation": article}
    if denominator == 0:
        return Figure(**given, target=Decimal(target), met=Met.NOT_COMPUTABLE)
    left = numerator if kind is FigureKind.PER_HEAD else 100 * numerator
    right = target * denominator
    unit = 1 if kind is FigureKind.PER_HEAD else 100
    missing = max(0, -(-(right - left) // unit))
    met = Met.YES if left >= right else Met.NO
    return Figure(**given, target=Decimal(target), left=left, right=right, met=met, missing=missing)


def floor(staff: str, post: Post, maintained: int, approval: Approval | None = None) -> Figure:
    given = {"kind": FigureKind.FLOOR, "subject": staff, "numerator": maintained}
    if post not in FLOORS:
        return Figure(**given, met=Met.NO_TARGET, citation=Citation(article="R-22"))
    least, article = FLOORS[post]
    met = Met.YES if maintained >= least else Met.NO
    missing = max(0, least - maintained)
    sides = {"left": maintained, "right": least}
    return Figure(
        **given, **sides, target=least, met=met, missing=missing, citation=Citation(article=article), approval=approval
    )


def taking_part(staff: str, maintained: int) -> Figure:
    return Figure(
        kind=FigureKind.TAKING_PART,
        subject=staff,
        numerator=maintained,
        target=1,
        left=maintained,
        right=1,
        missing=max(0, 1 - maintained),
        met=Met.YES if maintained else Met.NO,
        citation=Citation(article="R-16"),
    )


def growth(subject: str, place: int) -> tuple[YearGrowth, ...]:
    ends = (0, 80 + place % 7, 95 + place % 11, 104 + place % 23, 118 + place % 17)
    years = range(2023, 2023 + len(ends) - 1)
    made = []
    for year, begin, end in zip(years, ends, ends[1:], strict=False):
        figure = ratio(FigureKind.GROWTH, subject, (end - begin, begin), 15)
        going = year == 2026
        told = {"still_needed": figure.missing, "days_left": 33} if going else {}
        made.append(YearGrowth(year=year, figure=figure, gained=end - begin + 3, lost=3, in_progress=going, **told))
    return tuple(made)


def maintained_by(place: int, seat: int) -> int:
    """Some below every floor, some at it, some far above."""
    post = TEAM[seat % len(TEAM)]
    least = FLOORS.get(post, (12, ""))[0]
    return max(0, least + (place * 7 + seat * 13) % 14 - 5)


def person(outlet: str, place: int, seat: int) -> tuple[Staff, StaffReview]:
    number, post = f"S-{place:03}{seat:02}", TEAM[seat % len(TEAM)]
    name = SURNAMES[(place + seat) % len(SURNAMES)] + GIVEN[(place * 3 + seat) % len(GIVEN)]
    count = maintained_by(place, seat)
    lifted = (place, seat) == (1, 3)
    approval = Approval(by="S-9000", reason="产假, 王经理知情", codes=("FLOOR_SHORT",)) if lifted else None
    levels = {"普通": count // 4, "金卡": count - count // 4 - count // 9, "白金卡": count // 9}
    reviewed = StaffReview(
        staff=number,
        outlet=outlet,
        posts=(post.value,),
        maintained=count,
        proposed=seat % 3,
        prospects=seat % 2,
        by_level=levels,
        taking_part=taking_part(number, count),
        by_segment={Segment.MAINTAIN: count - count // 4, Segment.UPGRADE: count // 4},
        floor=floor(number, post, count, approval),
    )
    staff = Staff(number=number, name=Name(name), postings=[Posting(post=post, outlet=outlet)])
    return staff, reviewed


def entries_of(outlet: str, reviewed: StaffReview, first: int) -> list[RosterEntry]:
    made = []
    for place in range(reviewed.maintained):
        number = first + place
        past = Assignment(staff="S-9000", outlet=outlet, since=date(2025, 1, 1), until=date(2026, 1, 5), by="S-9001")
        now = Assignment(staff=reviewed.staff, outlet=outlet, since=date(2026, 1, 5), by="S-9001", reason="接任")
        made.append(
            RosterEntry(
                number=f"E-{number:06}",
                customer=f"6{number:09}",
                level=LEVELS[place % 3],
                source=Source.DAILY_BUSINESS,
                nominator="S-9000",
                reason="王芳的邻居",
                needs=["贷款"],
                listed_on=date(2026, 1, 5),
                state=EntryState.MAINTAINED,
                maintainer=now,
                past=[past] if place % 5 == 0 else [],
            )
        )
    return made


def prospect(outlet: str) -> RosterEntry:
    held = {"consent": "signed form", "consent_on": date(2026, 10, 1), "erase_by": date(2027, 4, 1)}
    who = Prospect(reference="P-0001", **held, name=Name("诸葛明亮"), phone=Phone("13800001234"))
    told = {"level": "金卡", "source": Source.OTHER_BANK, "nominator": "S-9000", "outlet": outlet}
    return RosterEntry(number="E-P00001", prospect=who, **told, listed_on=date(2026, 10, 1))


def bank(outlets: int = 3, seats: int = 10) -> tuple[RosterReview, Roster]:
    reviews, listed, everybody, entries = [], [], [], []
    for place in range(outlets):
        number, name = f"{place + 101:04}", f"{PLACES[place % len(PLACES)]}支行"
        team = [person(number, place, seat) for seat in range(seats if place != 2 else 0)]
        everybody += [staff for staff, _ in team]
        rows = tuple(reviewed for _, reviewed in team)
        for one in rows:
            entries += entries_of(number, one, len(entries) + 1)
        count = sum(one.maintained for one in rows)
        levels = {level: sum(one.by_level.get(level, 0) for one in rows) for level in LEVELS}
        reviews.append(
            OutletReview(
                outlet=number,
                name=name,
                heads=len(rows),
                maintained=count,
                pooled=place % 9,
                prospects=place % 4,
                by_level=levels,
                growth=growth(number, place)[-1:],
                staff=rows,
                per_head=ratio(FigureKind.PER_HEAD, number, (count, len(rows)), 15 if outlets > 3 else 20),
            )
        )
        listed.append(Outlet(number=number, name=name))
    entries.append(prospect("0101"))
    review = RosterReview(
        day=DAY,
        handbook="2017-12-29",
        growth=growth("", 3),
        outlets=tuple(reviews),
        share=ratio(FigureKind.SHARE, "", (1180, 98_304), 1),
        levels=(("普通", 97_124), ("金卡", 930), ("白金卡", 192), ("钻石卡", 47), ("私人银行", 11)),
        segments={Segment.MAINTAIN: 800, Segment.UPGRADE: 150, Segment.DEVELOP: 12, Segment.WIN_OVER: 1},
        prospects=1,
        calls=calls(entries),
        changes=changes(entries),
        level_names={
            Language.ZH: {level: level for level in LEVELS},
            Language.EN: dict(zip(LEVELS, ENGLISH, strict=True)),
        },
    )
    return review, Roster(outlets=listed, staff=everybody, entries=entries)


def calls(entries: list[RosterEntry]) -> tuple[Call, ...]:
    why = ("CALL_FELL_BELOW", "CALL_NEXT_WITH_NEED", "CALL_NEXT", "CALL_WITH_NEED")
    made = [
        Call(
            entry=one.number,
            subject=one.subject,
            staff=one.maintainer.staff if one.maintainer else None,
            outlet=one.maintainer.outlet if one.maintainer else None,
            segment=Segment.UPGRADE,
            level="普通",
            needs=("贷款", "理财")[: place % 3],
            why=why[place * 4 // max(1, len(entries))],
        )
        for place, one in enumerate(entries)
        if place % 4 == 0 or one.maintainer is None
    ]
    return tuple(made)


def changes(entries: list[RosterEntry]) -> tuple[Change, ...]:
    codes = (("NEW_ENTRY", None, None), ("LEVEL_UP", "普通", "金卡"), ("HANDED_OVER", "S-9000", "S-00001"))
    made = []
    for place, one in enumerate(entries[::6]):
        code, before, after = codes[place % 3 if place % 5 else 0]
        made.append(Change(code=code, entry=one.number, subject=one.subject, before=before, after=after))
    return tuple(made)
