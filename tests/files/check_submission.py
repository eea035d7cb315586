#!/usr/bin/env python3
"""Reads a submission workbook with other programs than the one that wrote it.

    check_submission.py FILE.xlsx [--expect FILE.json] [--soffice PATH] [--pdftotext PATH]

openpyxl checks cell types, merged areas, validations, hidden ids, sheet states
and properties. LibreOffice, if given, computes all formulas anew, once with a
wrong result planted in the file, and prints it; pdftotext reads the print.

The JSON may hold: "catalogue" (its id), "points" (how many), "unit" (填报单位),
"texts" (list of texts that must stand whole in 自评表 and in the print),
"example" (true or false), "checkup" (true where 体检 was to travel). Ends with a message and status 1 at the first fault.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

import openpyxl

FORM = "自评表"
NOTES = "说明"
# What the cover says nothing of: it is the district's.
TALK = ("修改请回程序内进行", "隐藏", "校验", "原文校订")
STATES = ["未填", "填报中", "已完成", "不适用"]
FUNCTIONS = set("ABS AND AVERAGE COUNT COUNTIFS IF ISNUMBER MAX N OR ROUND SQRT SUM SUMIFS SUMPRODUCT".split())
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def fail(message):
    print(f"check_submission: {message}", file=sys.stderr)
    sys.exit(1)


def demand(condition, message):
    if not condition:
        fail(message)


def cells(sheet):
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield cell


def entries(sheet):
    """Rows of the form by point: {id: [row, …]}, and its column numbers by head."""
    head = next((row for row in sheet.iter_rows() if any(cell.value == "填报状态" for cell in row)), None)
    demand(head, f"{sheet.title}: no heads of columns")
    columns = {cell.value: cell.column for cell in head if cell.value}
    last = sheet.max_column
    for column in (last - 1, last):
        letter = openpyxl.utils.get_column_letter(column)
        # openpyxl keeps neighbours of equal width as one group under the first letter.
        hidden = any(it.hidden and it.min <= column <= it.max for it in sheet.column_dimensions.values())
        demand(hidden, f"{sheet.title}: column {letter} is not hidden")
    rows = {}
    for number in range(head[0].row + 1, sheet.max_row + 1):
        key, part = sheet.cell(number, last - 1).value, sheet.cell(number, last).value
        if key is None:
            continue
        rows.setdefault(key, []).append(number)
        demand(part == len(rows[key]), f"{sheet.title}: row {number} has number {part}")
    return head[0].row, columns, rows


def check_structure(path, expect):
    book = openpyxl.load_workbook(path)
    names = book.sheetnames
    demand(names[:2] == ["封面", FORM], f"sheets are {names}")
    for name in ("佐证材料目录", NOTES):
        demand(name in names, f"{name} is missing")
    checkup = expect.get("checkup", False)
    demand(("体检" in names) == checkup, f"体检 travels: {not checkup}")
    demand([name for name in names if book[name].sheet_state == "visible"][-1] == NOTES, f"{NOTES} is not the last")
    for name in ("_zhidu_base", "_zhidu_head"):
        demand(name in names, f"{name} is missing")
        demand(book[name].sheet_state == "veryHidden", f"{name} is {book[name].sheet_state}")
    properties = {it.name: it.value for it in book.custom_doc_props.props}
    for name in ("format", "layout", "assessment", "replica", "seq", "catalogue", "text_hash", "content_hash"):
        demand(properties.get(f"zhidu_{name}"), f"property zhidu_{name} is missing")

    for sheet in book:
        for cell in cells(sheet):
            if cell.data_type == "f":
                check_formula(book, sheet, cell)
            elif cell.data_type == "s":
                risky = str(cell.value)[0] in "=+-@\t\r＝＋－＠"
                demand(not risky or cell.quotePrefix, f"{sheet.title}!{cell.coordinate}: no quote prefix")
            else:
                demand(cell.data_type == "n", f"{sheet.title}!{cell.coordinate}: type {cell.data_type}")
            demand(cell.hyperlink is None, f"{sheet.title}!{cell.coordinate}: a link")
        if sheet.sheet_state == "visible":
            demand(sheet.page_setup.paperSize == 9, f"{sheet.title}: not A4")
            demand(sheet.page_setup.fitToWidth in (None, 1, 3) and sheet.page_setup.fitToHeight == 0, f"{sheet.title}: fit")
            heights = [it.height or 0 for it in sheet.row_dimensions.values()]
            demand(max(heights) <= 409, f"{sheet.title}: a row of {max(heights)} points")

    form = book[FORM]
    demand(form.page_setup.orientation == "landscape", "自评表 is not landscape")
    head, columns, rows = entries(form)
    demand(form.freeze_panes == f"A{head + 1}", f"frozen at {form.freeze_panes}")
    demand(form.print_title_rows in (f"${head}:${head}", f"{head}:{head}"), f"repeated: {form.print_title_rows}")
    check_groups(form, columns, rows)
    taken = [cell for area in form.merged_cells.ranges for cell in area.cells]
    demand(len(taken) == len(set(taken)), "merged areas overlap")
    check_validations(form, columns, rows)

    text = "".join(str(cell.value) for cell in cells(book["封面"]))
    for word in ("填表人", "审核人", "负责人", "电话", "盖章"):
        demand(word in text, f"封面: no {word}")
    for word in TALK:
        demand(word not in text, f"封面 speaks of the program: {word}")
    told = "".join(str(cell.value) for cell in cells(book[NOTES]))
    demand("修改请回程序内进行" in told, f"{NOTES} does not say where to make changes")
    check_numbers(book)
    check_base(book["_zhidu_base"], rows, checkup)
    check_expectations(book, form, properties, columns, rows, expect)
    return book


def check_formula(book, sheet, cell):
    """A formula calls nothing but what is known and refers to this file alone."""
    place = f"{sheet.title}!{cell.coordinate}: formula {cell.value}"
    plain = re.sub(r'"[^"]*"', "", cell.value)
    demand(set(re.findall(r"([A-Z][A-Z0-9.]*)\(", plain)) <= FUNCTIONS, place)
    demand(set(re.findall(r"'([^']*)'!", plain)) <= set(book.sheetnames), place)
    demand("[" not in plain and "#" not in plain and '""' not in cell.value, place)


def check_validations(form, columns, rows):
    rules = {}
    for rule in form.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            for row, column in area.cells:
                rules[(row, column)] = rule
    for key, numbers in rows.items():
        rule = rules.get((numbers[0], columns["填报状态"]))
        demand(rule and rule.type == "list", f"{key}: state is not validated")
        demand(rule.formula1.strip('"').split(",") == STATES, f"{key}: {rule.formula1}")
        if "自评得分" in columns:
            rule = rules.get((numbers[0], columns["自评得分"]))
            maximum = form.cell(numbers[0], columns["分值"]).value
            demand(rule and rule.type == "decimal", f"{key}: score is not validated")
            demand(float(rule.formula1) == 0 and float(rule.formula2) == maximum, f"{key}: {rule.formula2}")


def check_groups(form, columns, rows):
    """Each row of a point says to which groups it belongs, so that every page does."""
    levels = range(1, columns.get("序号", columns.get("编者编号")))
    for key, numbers in rows.items():
        for column in levels:
            demand(form.cell(numbers[0], column).value, f"{FORM}: no group at {key} in column {column}")
    areas = form.merged_cells.ranges
    demand(not any(area.max_row > area.min_row for area in areas), f"{FORM}: cells are merged over rows")


def columns_of(sheet, wanted):
    """The numbers of columns by their heads without line breaks, and the row of heads."""
    for row in sheet.iter_rows():
        heads = {str(cell.value).replace("\n", ""): cell.column for cell in row if cell.value}
        if wanted in heads:
            return row[0].row, heads
    fail(f"{sheet.title}: no column {wanted}")


def check_numbers(book):
    """Coefficients have three digits, counts are whole, codes stay texts, nothing is too wide."""
    formats = [("差异系数", "差异系数", ("#,##0.000", "#,##0.0000", "#,##0.00000", "#,##0.000000")),
               ("差异系数", "学生数 PN", ("#,##0",)), ("学校数据", "在校生数（人）", ("#,##0",)),
               ("学校数据", "学校代码", ("@",)), ("佐证材料目录", "编号", ("@",))]
    for name, head, allowed in formats:
        if name not in book.sheetnames:
            continue
        top, columns = columns_of(book[name], head)
        for (cell,) in book[name].iter_rows(top + 1, min_col=columns[head], max_col=columns[head]):
            code = allowed == ("@",)
            if code and (cell.value is None or str(cell.value).startswith(("限值", "合计", "（尚未"))):
                continue
            if not code and (cell.value is None or cell.data_type == "s"):
                continue
            demand(cell.number_format in allowed, f"{name}!{cell.coordinate}: {cell.number_format}")


def check_base(sheet, rows, checkup):
    texts = [cell.value for cell in sheet["A"]]
    mark = texts[0].split(" ")
    demand(mark[:2] == ["zhidu-base", "1"] and int(mark[2]) == len(texts) - 1, f"base begins with {texts[0]}")
    demand(all(len(text.encode("utf-16-le")) // 2 <= 32000 for text in texts), "a piece of the base is too long")
    data = json.loads("".join(texts[1:]))
    demand(data["format"] == "zhidu-backup", "the base is no backup")
    demand(checkup or "mutes" not in data["content"], "what was set aside travels unasked")
    demand("log" not in data, "the change log travels")
    strays = set(data["content"]["answers"]) - set(rows)
    demand(not strays, f"answers without a row: {sorted(strays)[:3]}")


def check_expectations(book, form, properties, columns, rows, expect):
    if "catalogue" in expect:
        demand(properties["zhidu_catalogue"] == expect["catalogue"], f"catalogue {properties['zhidu_catalogue']}")
    if "points" in expect:
        demand(len(rows) == expect["points"], f"{len(rows)} points")
    if "unit" in expect:
        found = any(cell.value == expect["unit"] for cell in cells(book["封面"]))
        demand(found, f"封面 does not name {expect['unit']}")
    if "example" in expect:
        for sheet in book:
            if sheet.sheet_state == "visible":
                marked = any(cell.value == "示例，非真实填报" for cell in cells(sheet))
                demand(marked == expect["example"], f"{sheet.title}: marked as an example: {marked}")
    for text in expect.get("texts", []):
        demand(pieces_of(form, columns, rows, text), f"a text is not whole in {FORM}: {text[:40]}")


def pieces_of(form, columns, rows, text):
    """The cells that hold a text of the form between them."""
    for numbers in rows.values():
        for column in columns.values():
            pieces = [str(form.cell(number, column).value or "") for number in numbers]
            if "".join(pieces) == text:
                return [piece for piece in pieces if piece]
    return None


def convert(soffice, path, kind, folder):
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    target = folder / kind
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(target), str(path)], check=True, capture_output=True, timeout=300)
    made = list(target.glob(f"*.{kind}"))
    demand(len(made) == 1, f"LibreOffice made no {kind}")
    return made[0]


def results(path, formulas):
    book = openpyxl.load_workbook(path, data_only=True)
    return {place: book[place[0]][place[1]].value for place in formulas}


def check_recalculation(soffice, path, book):
    formulas = [(sheet.title, cell.coordinate) for sheet in book for cell in cells(sheet) if cell.data_type == "f"]
    demand(formulas, "no formula at all")
    kept = results(path, formulas)
    demand(all(value not in (None, "") for value in kept.values()), "a kept result is empty")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        copy = folder / "plain.xlsx"
        copy.write_bytes(path.read_bytes())
        compare(kept, results(convert(soffice, copy, "xlsx", folder / "a"), formulas))
        planted = folder / "planted.xlsx"
        count = plant(path, planted)
        demand(count == len(formulas), f"planted {count} wrong results for {len(formulas)} formulas")
        demand(all(str(it) == "987654" for it in results(planted, formulas).values()), "planting failed")
        compare(kept, results(convert(soffice, planted, "xlsx", folder / "b"), formulas))
    return len(formulas)


def compare(kept, computed):
    for place, value in kept.items():
        other = computed[place]
        if isinstance(value, str):
            same = other == value
        else:
            same = isinstance(other, (int, float)) and abs(other - value) < 1e-9 * max(1, abs(value))
        demand(same, f"{place[0]}!{place[1]}: kept {value}, computed {other}")


def plant(path, target):
    """A copy in which every formula has a wrong result; how many there were."""
    count = 0
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data, found = re.subn(rb"</f><v>[^<]*</v>", b"</f><v>987654</v>", data)
                count += found
            copy.writestr(name, data)
    return count


def check_print(soffice, pdftotext, path, book, texts):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        copy = folder / "print.xlsx"
        copy.write_bytes(path.read_bytes())
        pdf = convert(soffice, copy, "pdf", folder)
        shown = subprocess.run([pdftotext, "-raw", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    demand("###" not in shown, "a number is too wide for its column")
    form = book[FORM]
    _, columns, rows = entries(form)
    printed = squeezed(shown)
    for text in texts:
        for piece in pieces_of(form, columns, rows, text):
            demand(squeezed(piece) in printed, f"not whole in the print: {piece[:40]}…{piece[-20:]}")


def squeezed(text):
    """Without what a print may change: blanks, line ends, compatibility forms."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c.isprintable())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("xlsx", type=pathlib.Path)
    parser.add_argument("--expect", type=pathlib.Path)
    parser.add_argument("--soffice")
    parser.add_argument("--pdftotext")
    options = parser.parse_args()
    expect = json.loads(options.expect.read_text(encoding="utf-8")) if options.expect else {}

    book = check_structure(options.xlsx, expect)
    done = [f"{sum(1 for sheet in book for _ in cells(sheet))} cells"]
    if options.soffice:
        done.append(f"{check_recalculation(options.soffice, options.xlsx, book)} formulas computed anew")
        if options.pdftotext and expect.get("texts"):
            check_print(options.soffice, options.pdftotext, options.xlsx, book, expect["texts"])
            done.append("print read")
    print(f"{options.xlsx.name}: {', '.join(done)}")


if __name__ == "__main__":
    main()
