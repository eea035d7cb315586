"""Does to a submission what a person does in a spreadsheet: edit_submission.py IN OUT EDITS

EDITS is JSON: a list of {"sheet", "key" (hidden identity) or "row" text, "column" (head),
"text"}; with {"append": [...]} a row of texts is added below the sheet's last one.
"""
import json
import sys

import openpyxl

source, target, edits = sys.argv[1:]
book = openpyxl.load_workbook(source)


def plain(value):
    return "".join(str(value or "").split())


for edit in json.loads(edits):
    sheet = book[edit["sheet"]]
    if "append" in edit:
        last = max(row[0].row for row in sheet.iter_rows() if any(cell.value is not None for cell in row))
        for column, text in enumerate(edit["append"], start=1):
            if text:
                sheet.cell(last + 1, column, text)
        continue
    heads = [cell for row in sheet.iter_rows(max_row=60) for cell in row if plain(cell.value) == plain(edit["column"])]
    rows = [row for row in sheet.iter_rows() if any(plain(cell.value) == plain(edit["key"]) for cell in row)]
    cell = sheet.cell(rows[0][0].row, heads[0].column)
    cell.value = edit["text"] or None
book.save(target)
