"""Makes of a submission what comes back from departments: return_submission.py EXPORT.xlsx FOLDER"""
import pathlib
import sys

import openpyxl

SOURCE, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])


def opened():
    book = openpyxl.load_workbook(SOURCE)
    return book, book["自评表"]


def apart(sheet):
    """Takes merged cells apart, as sorting asks for."""
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))


def head_of(sheet):
    return next(row[0].row for row in sheet.iter_rows(max_row=15) if any(cell.value == "填报状态" for cell in row))


book, sheet = opened()
apart(sheet)
head = head_of(sheet)
rows = [row for row in sheet.iter_rows(min_row=head + 1) if any(cell.value is not None for cell in row)]
texts = [[cell.value for cell in row] for row in rows]
for row, values in zip(rows, reversed(texts)):
    for cell, value in zip(row, values):
        cell.value = value
book.save(FOLDER / "sorted.xlsx")

book, sheet = opened()
sheet.insert_cols(4)
sheet.cell(head, 4).value = "科室备注"
sheet.cell(head + 1, 4).value = "已核"
book.save(FOLDER / "column.xlsx")

book, sheet = opened()
sheet.delete_rows(rows[2][0].row)
book.save(FOLDER / "row-gone.xlsx")

book, sheet = opened()
sheet.title = "自评表（教委汇总）"
book.save(FOLDER / "renamed.xlsx")

book, sheet = opened()
apart(sheet)
at = rows[1][0].row
values = [cell.value for cell in sheet[at]]
narrative = next(cell.column for cell in sheet[head] if cell.value == "完成情况说明")
sheet.insert_rows(at + 1)
for cell, value in zip(sheet[at + 1], values):
    cell.value = value
sheet.cell(at + 1, narrative).value = "区文旅局补充的情况"
book.save(FOLDER / "row-copied.xlsx")

book, sheet = opened()
for name in list(book.sheetnames):
    if book[name].sheet_state != "visible":
        del book[name]
book.save(FOLDER / "inspected.xlsx")

_, sheet = opened()
fresh = openpyxl.Workbook()
for row in sheet.iter_rows(values_only=True):
    fresh.active.append(row)
fresh.save(FOLDER / "values.xlsx")
