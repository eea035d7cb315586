// Tables of schools from elsewhere: pasted, picked and dropped, shown as a proposal, and
// taken as a person wants them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { PYTHON, scratch } from './support/env.mjs';
import { fixture } from './support/fixture.mjs';
import { dialog, importIt, pick, scenarios, seeCount, seeText } from './support/schools.mjs';
import { drop } from './support/units.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();
const scenario = scenarios(here);
const run = promisify(execFile);

scenario('a table with heads is matched, corrected and imported', async (me) => {
  await me.button('粘贴导入…').click();
  await dialog(me).getByRole('textbox', { name: '从 Excel、WPS 或 Word 复制表格，在此粘贴' })
    .fill('单位：元\t\t\t\n校名\t学段\t公用经费\t总人数\n一小\t小学\t12345.67\t300\n合计\t\t12345.67\t300');
  await dialog(me).getByText('按“元”折算为万元').waitFor();
  await dialog(me).getByText('将新增 1 行').waitFor();
  await dialog(me).getByText('合计或统计行 1').waitFor();
  await dialog(me).getByRole('combobox', { name: '总人数 对应' }).selectOption({ label: '在校生数' });
  await importIt(me);
  await seeText(me, 0, 'funds', '1.234567');
  await seeText(me, 0, 'pupils', '300');
  await me.button('粘贴导入…').click();
  await dialog(me).getByRole('textbox').fill('学校名称\t学段\t班级数\n一小\t小学\t9\n二小\t小学\t8');
  assert.ok(await dialog(me).getByRole('checkbox', { name: /^更新已有的学校/ }).isChecked());
  await dialog(me).getByText('将新增 1 行，更新 1 行').waitFor();
  await importIt(me);
  await seeText(me, 0, 'classes', '9');
  await seeText(me, 0, 'pupils', '300');
  await seeCount(me, '共 2 行');
});

scenario('a CSV file in GB18030 and a workbook are imported, and a broken file changes nothing', async (me) => {
  const folder = await scratch();
  const [csv, xlsx, broken] = ['学校.csv', '学校.xlsx', '坏.xlsx'].map((name) => join(folder, name));
  await run(PYTHON, ['-c', `
import sys, openpyxl
open(sys.argv[1], 'w', encoding='gb18030', newline='').write('学校名称,学段,在校生数\\r\\n"䶮小, 东校区",小学,"1,020"\\r\\n')
book = openpyxl.Workbook()
sheet = book.active
sheet.append(['某区学校情况'])
sheet.merge_cells('A1:D1')
sheet.append(['学校名称', '学段', '教学仪器设备值（元）', '在校生数'])
sheet.append(['三中', '初中', 1234567.8, 900])
sheet.append(['合计', None, 1234567.8, 900])
book.save(sys.argv[2])
`, csv, xlsx]);
  await writeFile(broken, 'PK\x03\x04 这不是工作簿');
  await pick(me, csv);
  await importIt(me);
  await seeText(me, 0, 'name', '䶮小, 东校区');
  await seeText(me, 0, 'pupils', '1020');
  await pick(me, xlsx);
  await dialog(me).getByText('将新增 1 行').waitFor();
  await importIt(me);
  await seeText(me, 1, 'equipment', '123.45678');
  await pick(me, broken);
  await me.seeNotice('未导入：文件不完整');
  await seeCount(me, '共 2 行');
});

scenario('the template is filled in by another program and imported', async (me) => {
  const template = await me.download(() => me.button('下载模板').click());
  assert.equal(template.name, '学校数据模板.xlsx');
  const folder = await scratch();
  const [empty, filled] = ['模板.xlsx', '已填.xlsx'].map((name) => join(folder, name));
  await template.saveAs(empty);
  await run(PYTHON, ['-c', `
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
assert book.sheetnames == ['学校数据', '说明'], book.sheetnames
sheet = book['学校数据']
assert sheet['B2'].number_format == '@' or sheet.column_dimensions['B'].number_format == '@'
for column, value in enumerate(['第一小学', '0110', '小学', '小学', '公办', '城区', 300], 1):
    sheet.cell(2, column, value)
book.save(sys.argv[2])
`, empty, filled]);
  await pick(me, filled);
  await dialog(me).getByText('将新增 1 行').waitFor();
  await importIt(me);
  await seeText(me, 0, 'code', '0110');
  await seeText(me, 0, 'pupils', '300');
});

scenario('what is doubtful stands first and can all be settled before anything is taken', async (me) => {
  const page = me.page;
  await me.button('粘贴导入…').click();
  await dialog(me).getByRole('textbox').fill([
    '学校名称\t学段\t在校生数\t在校生数\t教学仪器设备值（美元）\t校长',
    '青禾小学\t小学\t5\t1.2万\t7\t王某', '石桥小学\t小学\t6\t60\t8\t李某', '合计\t\t11\t\t15\t',
  ].join('\n'));
  const doubts = dialog(me).getByRole('region', { name: '存疑之处' });
  for (const words of ['表头相同，一列都未取', '“美元”不认识', '“校长”（F 列）有 2 行有内容']) {
    await doubts.getByText(words).waitFor();
  }
  const list = (at, what) => page.locator(`#choice-${what}-0-${at}`);
  await list(3, 'column').selectOption({ label: '在校生数' });
  await eventually(async () => (await page.evaluate(() => document.activeElement.id)) === 'choice-column-0-3', 'the focus stays');
  await list(4, 'unit').selectOption({ label: '万元' });
  await dialog(me).getByRole('checkbox', { name: '读取带“万”的 1 处' }).check();
  await dialog(me).getByText('可勾选取回').click();
  await dialog(me).getByRole('checkbox', { name: /合计或统计行/ }).check();
  await dialog(me).getByText('将新增 3 行').waitFor();
  await dialog(me).getByRole('checkbox', { name: /合计或统计行/ }).uncheck();
  await importIt(me);
  await seeCount(me, '共 2 行');
  await seeText(me, 0, 'pupils', '12000');
  await seeText(me, 1, 'equipment', '8');
});

scenario('a file that is dropped is offered, on 学校数据 as schools, and the page stays', async (me) => {
  await drop(me, [['学校.csv', '学校名称,学段,在校生数\n青禾小学,小学,5\n']]);
  await dialog(me).getByText('将新增 1 行').waitFor();
  await importIt(me);
  await seeCount(me, '共 1 行');
  await me.openPage('填报');
  await drop(me, [['图.png', '不是备份']]);
  await me.seeNotice('“图.png”未导入');
});

test('without the file worker the template is CSV, and the page says so', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.openPage('学校数据');
  const template = await me.download(() => me.button('下载模板').click());
  assert.equal(template.name, '学校数据模板.csv');
  await me.seeNotice('已改为下载 CSV 模板');
}, {
  prepare: (context) => context.addInitScript(() => {
    const Real = window.Worker;
    window.Worker = class extends Real {
      postMessage(...rest) {
        if (!rest[0]?.request) return super.postMessage(...rest);
        setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: '内存不足' })), 50);
      }
    };
  }),
}));
