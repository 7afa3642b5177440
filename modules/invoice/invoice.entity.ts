// 发票: issued (销项) or received (进项), gross = net + tax by line and in all; a red invoice is the mirror of the one it takes back.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { contractLedger } from '../contract/contract.ledger.ts'
import { paperLedger } from './paper.ledger.ts'

const incoming = 'direction = "in"'
const construction = 'service = "construction"'

export const invoice = entity('invoice', {
  kind: 'document',
  label: { zh: '发票', en: 'Invoice' },
  title: 'invoice_no',
  apart: 'direction',
  number: '{direction:out=KP,in=SP}-{yyyy}{mm}-{seq:4}',
  fields: {
    invoice_no: f.text(
      { zh: '发票号码', en: 'Invoice no.' },
      {
        required: true,
        max: 20,
        pattern: '^[0-9]{8,20}$',
        indexed: true,
        hint: { zh: '数电票 20 位；纸质或旧版电子票 8 位，另填代码', en: '20 digits, or 8 digits beside the code' },
      },
    ),
    code: f.text(
      { zh: '发票代码', en: 'Invoice code' },
      {
        max: 12,
        pattern: '^([0-9]{10}|[0-9]{12})$',
        hint: { zh: '数电票没有代码', en: 'Digital invoices have none' },
      },
    ),
    /** Code and number: no two living invoices of a company share it. Free again when the document is void. */
    identity: f.text({ zh: '发票标识', en: 'Identity' }, { system: true, unique: true, quiet: true, max: 33 }),
    direction: f.choice(
      { zh: '进销', en: 'Direction' },
      {
        out: { zh: '销项（开票）', en: 'Issued', tone: 'good' },
        in: { zh: '进项（收票）', en: 'Received', tone: 'info' },
      },
      { required: true, default: 'in', indexed: true },
    ),
    type: f.choice(
      { zh: '票种', en: 'Type' },
      {
        special: { zh: '增值税专用发票', en: 'Special VAT invoice' },
        plain: { zh: '普通发票', en: 'Plain invoice' },
        travel: { zh: '旅客运输、通行费', en: 'Passenger transport, tolls' },
        customs: { zh: '海关缴款书、代扣凭证', en: 'Customs or withholding voucher' },
      },
      { required: true, default: 'special', indexed: true },
    ),
    issued_on: f.date({ zh: '开票日期', en: 'Issued on' }, { required: true, default: '=today()', indexed: true }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Other party' }, { required: true, indexed: true }),
    project: f.ref(
      'project',
      { zh: '项目', en: 'Project' },
      { indexed: true, hint: { zh: '选了合同时随合同', en: 'That of the contract where one is chosen' } },
    ),
    contract: f.ref(
      'contract',
      { zh: '合同', en: 'Contract' },
      {
        indexed: true,
        where: 'state = "effective"',
        hint: { zh: '一张发票对应多个合同时在明细中选择', en: 'Several contracts: choose them on the lines' },
      },
    ),
    company: f.orgUnit(
      { zh: '我方单位', en: 'Our company' },
      {
        type: 'company',
        indexed: true,
        hint: { zh: '选了项目时随项目', en: 'That of the project where one is chosen' },
      },
    ),
    seller_name: f.text(
      { zh: '销售方', en: 'Seller' },
      { max: 200, hint: { zh: '留空则按档案填写', en: 'Empty: as in the master data' } },
    ),
    seller_tax_id: f.text({ zh: '销售方税号', en: 'Seller’s tax id' }, { max: 20, pattern: '^[0-9A-Z]{15,20}$' }),
    buyer_name: f.text({ zh: '购买方', en: 'Buyer' }, { max: 200 }),
    buyer_tax_id: f.text({ zh: '购买方税号', en: 'Buyer’s tax id' }, { max: 20, pattern: '^[0-9A-Z]{15,20}$' }),
    service: f.choice(
      { zh: '业务', en: 'Business' },
      {
        construction: { zh: '建筑服务', en: 'Construction' },
        goods: { zh: '货物', en: 'Goods' },
        lease: { zh: '租赁', en: 'Rental' },
        other: { zh: '其他服务', en: 'Other services' },
      },
      { required: true, default: 'construction' },
    ),
    /** Building services show both on the invoice; filled from the project where left empty. */
    site_name: f.text({ zh: '建筑项目名称', en: 'Building project' }, { max: 200, when: construction, required: true }),
    site_place: f.text(
      { zh: '建筑服务发生地', en: 'Place of the works' },
      { max: 300, when: construction, required: true },
    ),
    cross_city: f.flag({ zh: '跨地（市）', en: 'Away from home' }, { when: construction }),
    price_mode: f.choice(
      { zh: '录入口径', en: 'Entered' },
      { gross: { zh: '含税', en: 'Gross' }, net: { zh: '不含税', en: 'Net' } },
      { required: true, default: 'gross' },
    ),
    lines: f.lines('invoice_line', { zh: '明细', en: 'Lines' }, { required: true, min: 1, max: 1000 }),
    gross_amount: f.money(
      { zh: '价税合计', en: 'Gross' },
      { formula: 'sum(lines.gross_amount)', group: 'commercial', indexed: true },
    ),
    net_amount: f.money({ zh: '不含税金额', en: 'Net' }, { formula: 'sum(lines.net_amount)', group: 'commercial' }),
    tax_amount: f.money({ zh: '税额', en: 'VAT' }, { formula: 'sum(lines.tax_amount)', group: 'commercial' }),
    printed_amount: f.money(
      { zh: '票面价税合计', en: 'Total as printed' },
      {
        group: 'commercial',
        hint: { zh: '填写则与明细合计核对', en: 'Compared with the sum of the lines where given' },
      },
    ),
    deductible: f.flag(
      { zh: '可抵扣', en: 'Deductible' },
      {
        default: true,
        when: incoming,
        hint: { zh: '普通发票和简易计税项目不能抵扣', en: 'Never with a plain invoice or under the simplified method' },
      },
    ),
    /** 勾选: the month whose output tax it lowers. */
    deducted_in: f.text({ zh: '抵扣所属期', en: 'Deducted in' }, { system: true, max: 7, indexed: true }),
    /** What does not fit and is not forbidden: seen by whoever approves, kept in the history. */
    findings: f.multiChoice(
      { zh: '提示', en: 'Findings' },
      {
        tax_differs: { zh: '税额与税率不符', en: 'Tax does not follow the rate', tone: 'warn' },
        other_party: { zh: '开票方不是合同对方', en: 'Not the other party of the contract', tone: 'warn' },
        other_tax_id: { zh: '名称或税号与档案不符', en: 'Name or tax id differs from the master data', tone: 'warn' },
        tax_id_unknown: { zh: '我方或对方税号未登记', en: 'A tax id is not on file', tone: 'warn' },
        not_special: {
          zh: '合同约定专票，收到普票，税额不能抵扣',
          en: 'The contract agrees special invoices: VAT of a plain one is not deducted',
          tone: 'warn',
        },
        no_contract: { zh: '没有合同', en: 'No contract', tone: 'neutral' },
      },
      { system: true },
    ),
    /** 委托付款书、三方协议: what makes different parties of contract, invoice and payment right. */
    agreement: f.file(
      { zh: '委托付款书或三方协议', en: 'Mandate or three-party agreement' },
      { max: 5, open: true, hint: { zh: '合同、发票、收款方不一致时上传', en: 'Where the parties differ' } },
    ),
    original: f.file({ zh: '发票原件', en: 'Invoice file' }, { max: 10 }),
    red_reason: f.text({ zh: '红冲原因', en: 'Why taken back' }, { system: true, max: 200 }),
    confirmation_no: f.text({ zh: '红字确认单编号', en: 'Red-letter confirmation no.' }, { system: true, max: 40 }),
    note: f.longText({ zh: '备注', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', project: 'project' },
  indexes: [['direction', 'deducted_in']],
  verbs: {
    deduct: {
      label: { zh: '勾选抵扣', en: 'Deduct' },
      when: 'state = "effective" and direction = "in" and deductible and deducted_in = null',
      input: {
        month: f.text(
          { zh: '所属期', en: 'Month' },
          {
            required: true,
            max: 7,
            pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$',
            hint: { zh: '如 2026-11', en: 'Such as 2026-11' },
          },
        ),
      },
    },
    undo_deduct: {
      label: { zh: '撤销勾选', en: 'Undo the deduction' },
      when: 'state = "effective" and deducted_in != null',
      confirm: { zh: '撤销后可重新勾选所属期。', en: 'It can then be deducted in another month.' },
    },
    left: { label: { zh: '可红冲金额', en: 'Left to take back' }, reads: true },
    redden: {
      label: { zh: '红字发票', en: 'Red invoice' },
      when: 'state = "effective" and reverses = null',
      tone: 'danger',
      input: {
        invoice_no: f.text(
          { zh: '红字发票号码', en: 'Number of the red invoice' },
          { required: true, max: 20, pattern: '^[0-9]{8,20}$' },
        ),
        code: f.text(
          { zh: '红字发票代码', en: 'Code of the red invoice' },
          { max: 12, pattern: '^([0-9]{10}|[0-9]{12})$' },
        ),
        issued_on: f.date({ zh: '开票日期', en: 'Issued on' }, { required: true }),
        reason: f.text({ zh: '原因', en: 'Reason' }, { required: true, max: 200 }),
        confirmation_no: f.text({ zh: '红字确认单编号', en: 'Red-letter confirmation no.' }, { max: 40 }),
        /** [{ line, amount }]: of which lines how much; a line without an amount gives all that is left of it. */
        lines: f.json({ zh: '红冲明细', en: 'Lines taken back' }),
        amount: f.money(
          { zh: '红冲金额', en: 'Amount taken back' },
          {
            min: '0',
            hint: {
              zh: '按原票录入口径；没有指定明细时按比例分摊到各行，留空为剩余全部',
              en: 'Gross or net as the original was entered; spread over the lines where none is named; empty: all that is left',
            },
          },
        ),
      },
    },
  },
  amount: 'gross_amount',
  approval: 'invoice',
  // Granted to nobody: a red invoice has a number of its own, which `redden` asks for.
  reversal: { negate: ['lines.qty', 'lines.amount', 'lines.tax_diff'] },
  posting: [
    post(contractLedger, {
      each: 'lines',
      when: 'coalesce(contract, doc.contract) != null',
      dims: {
        contract: 'coalesce(contract, doc.contract)',
        direction: 'if doc.direction = "out" then "income" else "expense"',
        // A red invoice counts today: its own day is known when it has been made.
        on: 'if doc.reverses != null then today() else doc.issued_on',
      },
      measures: { invoiced: 'gross_amount' },
      reserve: true,
    }),
    post(paperLedger, {
      each: 'lines',
      when: 'coalesce(contract, doc.contract) != null and doc.direction = "in" and doc.identity != null and doc.reverses = null',
      dims: { paper: 'doc.identity' },
      measures: { used: 'gross_amount' },
      reserve: true,
    }),
  ],
  access: [
    allow('finance', 'read create update delete submit withdraw export import void deduct undo_deduct redden', {
      fields: { commercial: 'edit' },
    }),
    allow('cost_engineer', 'read create update delete submit withdraw export import void', {
      fields: { commercial: 'edit' },
    }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table(
      'number direction type invoice_no issued_on counterparty project contract state gross_amount net_amount tax_amount deducted_in findings',
      { sort: '-issued_on' },
    ),
    form: form(
      {
        label: { zh: '票面', en: 'Invoice' },
        fields: 'direction type invoice_no code issued_on contract project counterparty company findings',
      },
      {
        label: { zh: '购销双方', en: 'Parties' },
        fields: 'seller_name seller_tax_id buyer_name buyer_tax_id agreement',
      },
      { label: { zh: '业务', en: 'Business' }, fields: 'service site_name site_place cross_city price_mode' },
      { label: { zh: '明细', en: 'Lines' }, fields: 'lines' },
      {
        label: { zh: '合计', en: 'Totals' },
        fields: 'gross_amount net_amount tax_amount printed_amount deductible deducted_in',
      },
      { label: { zh: '其他', en: 'More' }, fields: 'original red_reason confirmation_no note' },
    ),
  },
})

/** What was entered stands: gross-in keeps its gross when the rate changes, net-in its net (domain rule 0.1). */
const byMode = (gross: string, net: string) => `if doc.price_mode = "gross" then ${gross} else ${net}`

export const invoiceLine = entity('invoice_line', {
  kind: 'line',
  label: { zh: '发票明细', en: 'Line' },
  fields: {
    name: f.text({ zh: '项目名称', en: 'Item' }, { required: true, max: 300 }),
    spec: f.text({ zh: '规格型号', en: 'Model' }, { max: 100 }),
    unit: f.text({ zh: '单位', en: 'Unit' }, { max: 20 }),
    qty: f.number({ zh: '数量', en: 'Quantity' }, { scale: 4 }),
    price: f.number({ zh: '单价', en: 'Unit price' }, { scale: 6, group: 'commercial' }),
    amount: f.money(
      { zh: '金额', en: 'Amount' },
      {
        required: true,
        group: 'commercial',
        hint: { zh: '按录入口径：含税或不含税', en: 'Gross or net, as the invoice is entered' },
      },
    ),
    tax_rate: f.percent({ zh: '税率', en: 'VAT rate' }, { required: true, min: '0', max: '1', default: '0.09' }),
    tax_diff: f.money(
      { zh: '税额尾差', en: 'Tax difference' },
      {
        required: true,
        default: '0',
        group: 'commercial',
        hint: { zh: '票面税额减计算税额', en: 'The tax as printed less the tax as computed' },
      },
    ),
    net_amount: f.money(
      { zh: '不含税金额', en: 'Net' },
      { formula: byMode('round(amount / (1 + tax_rate), 2) - tax_diff', 'amount'), group: 'commercial' },
    ),
    tax_amount: f.money(
      { zh: '税额', en: 'VAT' },
      {
        formula: byMode(
          'amount - round(amount / (1 + tax_rate), 2) + tax_diff',
          'round(amount * tax_rate, 2) + tax_diff',
        ),
        group: 'commercial',
      },
    ),
    gross_amount: f.money(
      { zh: '价税合计', en: 'Gross' },
      { formula: byMode('amount', 'amount + round(amount * tax_rate, 2) + tax_diff'), group: 'commercial' },
    ),
    contract: f.ref(
      'contract',
      { zh: '合同', en: 'Contract' },
      { where: 'state = "effective"', hint: { zh: '与表头不同时选择', en: 'Where it is not that of the head' } },
    ),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    invoice: typeof invoice
    invoice_line: typeof invoiceLine
  }
}
