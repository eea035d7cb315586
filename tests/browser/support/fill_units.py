"""Fills what 责任单位 got as a department does: fill_units.py ZIP FOLDER

Every workbook of the ZIP file gets an answer at each of its points, a material in the first
empty row of its list, and its rows sorted the other way round; one of schools alone gets their
pupils. It is saved under another name.
Prints JSON: for each unit its file and the texts that it wrote by number of the point.
"""
import io
import json
import os
import sys
import zipfile

import openpyxl

archive, folder = sys.argv[1:]


def plain(value):
    return "".join(str(value or "").split())


def head(sheet, name):
    cells = [cell for row in sheet.iter_rows(max_row=60) for cell in row if plain(cell.value) == name]
    return cells[0]


told = []
with zipfile.ZipFile(archive) as packed:
    for name in sorted(packed.namelist()):
        book = openpyxl.load_workbook(io.BytesIO(packed.read(name)))
        if "封面" not in book.sheetnames:
            continue
        cover = book["封面"]
        label = [cell for row in cover.iter_rows() for cell in row if plain(cell.value) == "责任单位"][0]
        unit = cover.cell(label.row, label.column + 1).value
        filler = [cell for row in cover.iter_rows() for cell in row if plain(cell.value) == "填报人"][0]
        cover.cell(filler.row, filler.column + 1, unit + "的王芳")
        path = os.path.join(folder, f"{len(told) + 1}号 {unit}交来.xlsx")
        if "自评表" not in book.sheetnames:
            schools = book["学校数据"]
            name, pupils = head(schools, "学校名称"), head(schools, "在校生数（人）")
            for row in schools.iter_rows(min_row=name.row + 1):
                if row[name.column - 1].value:
                    schools.cell(row[0].row, pupils.column, 321)
            book.save(path)
            told.append({"unit": unit, "file": path, "texts": {}})
            continue
        form = book["自评表"]
        number, text, state = (head(form, it) for it in ("序号", "完成情况说明", "填报状态"))
        texts = {}
        rows = [row[0].row for row in form.iter_rows(min_row=number.row + 1) if form.cell(row[0].row, number.column).value]
        for row in rows:
            no = str(form.cell(row, number.column).value)
            texts[no] = f"{unit}对任务{no}的说明：已经落实。"
            form.cell(row, text.column, texts[no])
            form.cell(row, state.column, "已完成")
        values = [[cell.value for cell in form[row]] for row in rows]
        for row, cells in zip(rows, reversed(values)):
            for column, value in enumerate(cells, start=1):
                form.cell(row, column).value = value
        materials = book["佐证材料目录"]
        title = head(materials, "材料名称")
        cited = [cell for cell in materials[title.row] if plain(cell.value).startswith("对应")][0]
        empty = next(row[0].row for row in materials.iter_rows(min_row=title.row + 1) if not any(cell.value for cell in row))
        materials.cell(empty, title.column, f"{unit}的通知")
        materials.cell(empty, cited.column, next(iter(texts)))
        book.save(path)
        told.append({"unit": unit, "file": path, "texts": texts})
print(json.dumps(told))
