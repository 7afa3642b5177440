// What people read about files that come in; each says what to write instead.
import type { Label } from '@yingzao/kernel/entity'

export const exchangeMessages: Readonly<Record<string, Label>> = {
  'exchange.empty': {
    zh: '文件中没有数据行，请在表头下填写后再导入',
    en: 'The file holds no rows: fill some in below the header',
  },
  'exchange.no_columns': {
    zh: '没有一列与“{entity}”的字段对应，请下载模板对照表头',
    en: 'No column belongs to a field of “{entity}”: compare the headers with the template',
  },
  'exchange.too_many_rows': {
    zh: '超过 {limit} 行，请拆分文件后分批导入',
    en: 'More than {limit} rows: split the file',
  },
  'exchange.format': { zh: '请选择格式 xlsx 或 csv', en: 'Choose the format xlsx or csv' },
  'exchange.not_importable': {
    zh: '您没有导入此类数据的权限，请联系管理员',
    en: 'You may not import this kind of record: ask an administrator',
  },
  'exchange.bad_rows': {
    zh: '有 {count} 行有错误，未导入任何数据。请下载错误文件修改后重新导入，或选择跳过错误行',
    en: '{count} rows have errors and nothing was imported: correct them in the error file, or choose to skip them',
  },
  'exchange.cell_error': {
    zh: '单元格公式出错（{text}），请改为数值',
    en: 'The cell shows an error ({text}): enter a value',
  },
  'exchange.no_integer': { zh: '“{text}”不是整数', en: '“{text}” is not a whole number' },
  'exchange.no_number': { zh: '“{text}”不是数字', en: '“{text}” is not a number' },
  'exchange.no_date': {
    zh: '“{text}”不是日期，请按 2026-11-21 填写',
    en: '“{text}” is not a date: write it as 2026-11-21',
  },
  'exchange.no_instant': {
    zh: '“{text}”不是时间，请按 2026-11-21 14:05 填写',
    en: '“{text}” is not a date and time: write it as 2026-11-21 14:05',
  },
  'exchange.no_flag': { zh: '“{text}”应为 是 或 否', en: '“{text}” must be Yes or No' },
  'exchange.no_choice': { zh: '“{text}”不在选项中：{choices}', en: '“{text}” is none of the choices: {choices}' },
  'exchange.no_cell': { zh: '此字段不能通过表格导入', en: 'This field cannot be imported from a table' },
  'exchange.not_found': {
    zh: '找不到“{text}”，请先建立或改正名称',
    en: 'There is no “{text}”: create it first or correct the name',
  },
  'exchange.ambiguous': {
    zh: '“{text}”有多条同名记录，请改填编码或记录ID',
    en: 'Several records are called “{text}”: write its code or record ID',
  },
  'exchange.twice': {
    zh: '与第 {row} 行重复',
    en: 'The same record as in row {row}',
  },
  'exchange.column': { zh: '导入结果', en: 'Import result' },
}
