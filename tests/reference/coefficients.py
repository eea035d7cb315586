"""差异系数 of whole districts, worked out a second time: in exact fractions, with
50 digits where a root is drawn, and from the rules alone.

Reads from stdin a JSON list of districts, each a list of rows, each an object of
typed cells by the names of the columns. Writes a JSON list of answers."""

import json
import re
import sys
from decimal import Decimal, getcontext
from fractions import Fraction
from functools import lru_cache

getcontext().prec = 50

MIXED = {"九年一贯制学校", "十二年一贯制学校", "完全中学"}
LEFT_OUT = {"特殊教育学校": "special", "专门学校": "correctional", "职业学校": "vocational"}
IMPLIED = {"小学": "小学", "教学点": "小学", "初级中学": "初中", "完全中学": "初中"}
AMOUNTS = {"teaching-area", "indoor-sport", "gym", "field", "equipment"}
# Columns to add, columns to take off, factor, whether it is split by stages.
SEVEN = [
    (["degree"], [], 100, False),
    (["backbone"], [], 100, False),
    (["sports", "arts"], [], 100, False),
    (["teaching-area"], ["indoor-sport"], 1, True),
    (["gym", "field"], [], 1, True),
    (["equipment"], [], 10000, True),
    (["multimedia"], [], 100, True),
]


class Lacking(Exception):
    pass


def number(row, column):
    """None if the cell is empty; Lacking if it cannot be taken."""
    text = row.get(column, "").strip()
    if not text:
        return None
    value = read(text)
    if value is None or (column not in AMOUNTS and value.denominator != 1):
        raise Lacking
    return value


@lru_cache(maxsize=None)
def read(text):
    return Fraction(text) if re.fullmatch(r"\d+(\.\d{1,6})?", text) else None


def given(row, column):
    value = number(row, column)
    if value is None:
        raise Lacking
    return value


def stage_of(row):
    return row.get("stage") or IMPLIED.get(row.get("kind", ""))


def reason(row):
    """Why a row is left out, or None."""
    kind = row.get("kind", "")
    if kind in LEFT_OUT:
        return LEFT_OUT[kind]
    if stage_of(row) is None:
        return "stage"
    try:
        pupils = number(row, "pupils")
    except Lacking:
        return None
    if pupils is None:
        return None
    if kind == "教学点" and pupils < 50:
        return "small"
    return "empty" if pupils == 0 else None


def resource(rows, plus, minus):
    """The sum over rows; a column that is empty in all of them is lacking."""
    total = Fraction(0)
    for sign, columns in ((1, plus), (-1, minus)):
        for column in columns:
            values = [it for it in (number(row, column) for row in rows) if it is not None]
            if not values:
                raise Lacking
            total += sign * sum(values)
    if total < 0:
        raise Lacking
    return total


def value(rows, row, indicator, by_stage):
    plus, minus, factor, splits = indicator
    if not (by_stage and splits and row.get("kind") in MIXED):
        return resource([row], plus, minus) * factor / given(row, "pupils")
    school = [it for it in rows if it.get("kind") in MIXED and it["name"] == row["name"]]
    if any(stage_of(it) is None for it in school):
        raise Lacking
    pupils = {"小学": Fraction(0), "初中": Fraction(0)}
    for it in school:
        pupils[stage_of(it)] += given(it, "pupils")
    seniors = [it for it in (number(one, "senior") for one in school) if it is not None]
    if not seniors and row["kind"] != "九年一贯制学校":
        raise Lacking
    senior = max(seniors, default=Fraction(0))
    weighted = pupils["小学"] + Fraction(11, 10) * pupils["初中"] + Fraction(132, 100) * senior
    primary = resource(school, plus, minus) * factor / weighted
    return primary if stage_of(row) == "小学" else primary * Fraction(11, 10)


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def single(rows, counted, indicator, by_stage):
    entries, missing = [], []
    for at in counted:
        try:
            pupils = given(rows[at], "pupils")
            entries.append((at, pupils, value(rows, rows[at], indicator, by_stage)))
        except Lacking:
            missing.append(at)
    answer = {"missing": missing, "mean": None, "cv": None, "shares": {}}
    all_pupils = sum(pupils for _, pupils, _ in entries)
    # One school differs from no other.
    if len(entries) < 2:
        return answer
    mean = sum(pupils * it for _, pupils, it in entries) / all_pupils
    if mean == 0:
        return answer
    # The differences are exact; only what is summed has 50 digits.
    squares = {at: decimal(pupils * (it - mean) ** 2 / all_pupils) for at, pupils, it in entries}
    variance = sum(squares.values())
    answer["mean"] = str(decimal(mean))
    answer["cv"] = str(variance.sqrt() / decimal(mean))
    for at, square in squares.items():
        answer["shares"][at] = str(square / variance) if variance else "0"
    return answer


def stage_answer(rows, stage, by_stage):
    counted, excluded = [], []
    for at, row in enumerate(rows):
        if stage_of(row) not in (None, stage):
            continue
        why = reason(row)
        if why is None:
            counted.append(at)
        else:
            excluded.append([at, why])
    singles = [single(rows, counted, it, by_stage) for it in SEVEN]
    values = [it["cv"] for it in singles]
    composite = None if None in values else str(sum(map(Decimal, values)) / len(values))
    return {"counted": counted, "excluded": excluded, "singles": singles, "composite": composite}


def main():
    answers = []
    for rows in json.load(sys.stdin):
        answers.append(
            [stage_answer(rows, stage, split) for stage in ("小学", "初中") for split in (False, True)]
        )
    json.dump(answers, sys.stdout)


main()
