// Words of the import of bills of quantities.
import { words } from '@yingzao/ui/text/words'

export const text = words({
  title: { zh: '导入清单', en: 'Import a bill of quantities' },
  forbidden: { zh: '您不能导入清单', en: 'You cannot import bills' },
  forbiddenNext: {
    zh: '导入清单需要成本员角色，请联系管理员。',
    en: 'It takes the role of a cost engineer: ask the administrator.',
  },
  another: { zh: '换一个文件', en: 'Another file' },
  drop: { zh: '把清单文件拖到这里', en: 'Drop a bill here' },
  choose: { zh: '选择文件', en: 'Choose a file' },
  intro: {
    zh: '支持招投标清单 XML（单项工程、单位工程、分部、清单项），以及表-08、表-09、表-11、表-12、表-13 样式的 Excel 或 CSV。写入之前会列出全部不一致之处。',
    en: 'Tender XML (parts of the work down to bill items), and workbooks or CSV in the manner of forms 08, 09, 11, 12 and 13. Everything that does not add up is listed before anything is written.',
  },
  unreadable: { zh: '读不了这个文件', en: 'This file cannot be read' },
  reading: { zh: '正在读取“{name}”…', en: 'Reading “{name}” …' },
  writing: { zh: '正在写入…', en: 'Writing …' },
  items: { zh: '项数', en: 'Items' },
  count: { zh: '{count} 项', en: '{count} items' },
  amount: { zh: '合价', en: 'Amount' },
  withoutTax: { zh: '不含税金项', en: 'Without the tax items' },
  g_works: { zh: '分部分项', en: 'Works' },
  g_measure: { zh: '措施项目', en: 'Preliminaries' },
  g_other: { zh: '其他与规费', en: 'Other and fees' },
  g_tax: { zh: '税金（由税率计算，不导入）', en: 'Tax (by the VAT rate, not imported)' },
  noFindings: {
    zh: '没有不一致，{count} 个打印合计全部吻合。',
    en: 'Everything adds up: {count} printed totals agree.',
  },
  findings: { zh: '不一致之处', en: 'What does not add up' },
  findingsNote: {
    zh: '文件不会被改正：按“数量 × 单价”导入，缺少的数量和单价按零，缺少的单位记为“—”。',
    en: 'Nothing is corrected: what is imported is quantity × price; a missing quantity or price is zero, a missing unit “—”.',
  },
  f_total: {
    zh: '“{name}”打印合计 {printed}，逐项相加 {found}，相差 {difference}',
    en: '“{name}” prints {printed}, its items add up to {found}: {difference} apart',
  },
  f_amount: {
    zh: '“{name}”合价 {printed}，数量 × 单价 {found}，相差 {difference}',
    en: '“{name}” prints {printed}, quantity × price is {found}: {difference} apart',
  },
  f_duplicate_code: {
    zh: '编码 {item}（{name}）与 {first} 重复，将另编',
    en: 'Code {item} ({name}) is at {first} already: it gets another',
  },
  f_no_code: { zh: '“{name}”没有编码，将自动编号', en: '“{name}” has no code: it gets one' },
  f_odd_code: { zh: '编码 {item}（{name}）不是 9 位或 12 位', en: 'Code {item} ({name}) has neither 9 nor 12 digits' },
  f_no_unit: { zh: '“{name}”没有计量单位', en: '“{name}” has no unit' },
  f_no_qty: { zh: '“{name}”没有工程量', en: '“{name}” has no quantity' },
  f_no_price: { zh: '“{name}”没有单价', en: '“{name}” has no price' },
  f_rounded: {
    zh: '“{name}”的 {text} 小数位过多，将四舍五入',
    en: '{text} of “{name}” has more decimals than are kept: it is rounded',
  },
  f_not_a_number: { zh: '{what}：“{text}”不是数', en: '{what}: “{text}” is no number' },
  f_unread: { zh: '没有读取：{text}', en: 'Not read: {text}' },
  mapping: { zh: '对应成本科目', en: 'Cost items' },
  mappingNote: {
    zh: '按编码开头对应，会记住供下次使用。',
    en: 'By how the code begins; remembered for the next time.',
  },
  prefix: { zh: '编码开头', en: 'Code begins with' },
  item: { zh: '成本科目', en: 'Cost item' },
  into: { zh: '导入到', en: 'Import into' },
  intoContract: { zh: '合同清单', en: 'A contract' },
  intoBudget: { zh: '目标成本（项目）', en: 'A target cost (project)' },
  confirm: { zh: '导入 {count} 项', en: 'Import {count} items' },
  imported: { zh: '已导入 {count} 项', en: '{count} items imported' },
  importedDiffers: {
    zh: '已导入 {count} 项；清单与合同明细不一致，可“按清单生成明细”',
    en: '{count} items imported; bill and lines differ: make the lines from the bill',
  },
  budgeted: { zh: '已编制目标成本，共 {count} 行', en: 'A target cost of {count} lines was made' },
})
