// 银行对账: contents page. Statements of banks, their lines matched with the cash ledger, and the proof that both agree.
import { defineModule, f } from '@yingzao/kernel/entity'
import { bankMatch, bankStatement, bankStatementLine } from './statement.entity.ts'

const account = f.ref('bank_account', { zh: '资金账户', en: 'Account' }, { required: true })

export default defineModule({
  name: 'reconciliation',
  label: { zh: '银行对账', en: 'Reconciliation' },
  needs: ['organisation', 'bank-account'],
  entities: [bankStatement, bankStatementLine, bankMatch],
  actions: [
    {
      name: 'reconciliation.import',
      label: { zh: '导入对账单', en: 'Import a statement' },
      needs: 'bank_statement:create',
      input: {
        account,
        file: f.text({ zh: '文件', en: 'File' }, { required: true, max: 40 }),
        mapping: f.json({ zh: '列对应', en: 'Columns' }),
        from: f.date({ zh: '起始日期', en: 'From' }),
        to: f.date({ zh: '截止日期', en: 'To' }),
        opening: f.money({ zh: '期初余额', en: 'Opening' }),
        closing: f.money({ zh: '期末余额', en: 'Closing' }),
        confirm: f.flag({ zh: '确认导入', en: 'Import' }),
      },
    },
    {
      name: 'reconciliation.read',
      label: { zh: '银行对账', en: 'Reconciliation' },
      needs: 'bank_statement:read',
      reads: true,
      input: { account, statement: f.ref('bank_statement', { zh: '对账单', en: 'Statement' }) },
    },
    {
      name: 'reconciliation.match',
      label: { zh: '勾对', en: 'Match' },
      needs: 'bank_statement_line:update',
      input: { account, pairs: f.json({ zh: '勾对', en: 'Pairs' }, { required: true }) },
    },
    {
      name: 'reconciliation.undo',
      label: { zh: '撤销勾对', en: 'Undo a match' },
      needs: 'bank_statement_line:update',
      input: { line: f.ref('bank_statement_line', { zh: '对账单明细', en: 'Line' }, { required: true }) },
    },
  ],
  refusals: {
    unreadable: { zh: '文件无法读取：{reason}', en: 'The file cannot be read: {reason}' },
    too_large: {
      zh: '文件超过 20 MB，请按月导出对账单',
      en: 'The file is larger than 20 MB: export it month by month',
    },
    no_lines: {
      zh: '没有找到日期与金额列，请确认文件有表头（如 交易日期、收入、支出），或手工对应列',
      en: 'No columns of dates and amounts were found: the file needs a header (date, credit, debit), or choose the columns',
    },
    balance_missing: {
      zh: '文件没有余额列，请填写期初余额',
      en: 'The file has no balances: enter the opening balance',
    },
    does_not_add_up: {
      zh: '期初加收入减支出不等于期末，请核对余额或是否漏行',
      en: 'Opening plus in less out is not the closing balance: check the balances, or look for missing rows',
    },
    outside: {
      zh: '文件中有流水在所填起止日期之外，请核对日期',
      en: 'Lines of the file lie outside these days: check from and to',
    },
    all_known: { zh: '这些流水都已导入过', en: 'All these lines were imported before' },
    matched: { zh: '这一行已勾对，请先撤销', en: 'The line is matched already: undo that first' },
    nothing_chosen: { zh: '请选择对账单明细与账户流水', en: 'Choose a line of the statement and entries' },
    amounts_differ: {
      zh: '所选流水合计与对账单金额不等，请重新选择',
      en: 'The entries do not add up to the line: choose others',
    },
  },
  menu: {
    under: 'funds',
    order: 30,
    icon: 'reconcile',
    items: [
      { page: 'match', label: { zh: '银行对账', en: 'Reconciliation' }, needs: 'bank_statement', order: 1 },
      { entity: 'bank_statement', order: 2 },
    ],
  },
})
