// 发票: contents page. Issued and received, red ones, deduction, what is not invoiced yet, and the VAT that follows.
import { askedCards, choice, defineModule, f, metric, sequence, step } from '@yingzao/kernel/entity'
import { contractLedger } from '../contract/contract.ledger.ts'
import { invoiceCards } from './cards.ts'
import { invoice, invoiceLine } from './invoice.entity.ts'
import { paperLedger, paperLimits } from './paper.ledger.ts'
import { vatPrepayment } from './vat-prepayment.entity.ts'

/** What of a contract, gross, for whoever sees its sum. */
const ofContract = (measure: string, zh: string, en: string, saysZh: string, saysEn: string) =>
  metric(contractLedger, `invoice_${measure}`, {
    ...{
      label: { zh, en },
      says: { zh: saysZh, en: saysEn },
      value: measure,
      unit: 'money',
      seen: 'contract.gross_amount',
    },
  })

export default defineModule({
  name: 'invoice',
  label: { zh: '发票', en: 'Invoices' },
  needs: ['organisation', 'project', 'counterparty', 'budget', 'cost-item', 'contract', 'tax-rate', 'parameter'],
  entities: [invoice, invoiceLine, vatPrepayment],
  ledgers: [paperLedger],
  limits: paperLimits,
  metrics: [
    ofContract('sum', '现合同额', 'Current sum', '合同与变更，含税', 'Contracts with their changes, gross'),
    ofContract('measured', '累计计量', 'Measured', '已计量的产值，含税', 'What was measured, gross'),
    ofContract('due', '应收应付', 'Due', '按预付、进度、结算到期的款项', 'Due by advance, progress and settlement'),
    ofContract('paid', '已收已付', 'Paid', '已收到或已付出的款项', 'What was received or paid'),
    ofContract(
      'in_advance',
      '预收款',
      'Received in advance',
      '作为预付款收到的款项',
      'What was received as an advance',
    ),
    ofContract('invoiced', '累计发票', 'Invoiced', '生效的发票，红字冲减', 'Effective invoices less red ones'),
  ],
  cards: invoiceCards,
  actions: [
    {
      ...{ name: 'invoice.cards', label: { zh: '发票卡片', en: 'Cards of invoices' }, reads: true, input: askedCards },
      needs: 'invoice:read',
    },
    {
      name: 'invoice.intake',
      label: { zh: '导入电子发票', en: 'Take in electronic invoices' },
      needs: 'invoice:create',
      input: { files: f.file({ zh: '文件', en: 'Files' }, { required: true, max: 50 }) },
    },
    {
      name: 'invoice.gaps',
      label: { zh: '应开未开与未到票', en: 'Not invoiced yet' },
      needs: 'invoice:read',
      reads: true,
      input: { project: f.ref('project', { zh: '项目', en: 'Project' }) },
    },
    {
      name: 'invoice.vat',
      label: { zh: '进销项税额', en: 'VAT by month' },
      needs: 'invoice:read',
      reads: true,
      input: {
        year: f.integer({ zh: '年度', en: 'Year' }, { min: 2000, max: 2100 }),
        project: f.ref('project', { zh: '项目', en: 'Project' }),
        company: f.orgUnit({ zh: '公司', en: 'Company' }, { type: 'company' }),
      },
    },
    {
      name: 'invoice.prepayments',
      label: { zh: '增值税预缴', en: 'Prepayment of VAT' },
      needs: 'vat_prepayment:read',
      reads: true,
      input: { project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }) },
    },
  ],
  flows: [
    {
      name: 'invoice',
      label: { zh: '发票审批', en: 'Approval of invoices' },
      root: sequence(
        choice(
          [
            {
              label: { zh: '项目开票申请', en: 'Issued for a project' },
              when: 'direction = "out" and project != null',
              block: step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
            },
          ],
          sequence(),
        ),
        step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' }),
      ),
    },
    {
      name: 'vat_prepayment',
      label: { zh: '预缴税款审批', en: 'Approval of VAT prepayments' },
      root: sequence(
        step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
        step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' }),
      ),
    },
  ],
  refusals: {
    no_rate: {
      zh: '{month} 没有有效的税率 {code}，请在“基础数据 → 税率”导入标准税率或补充有效期',
      en: 'No rate {code} holds in {month}: load the standard rates under Tax rates, or add a period',
    },
    month_kept: {
      zh: '{month} 的预缴已登记（{number}），请在其上补充或先作废',
      en: 'The prepayment of {month} is registered already ({number}): change that one, or void it first',
    },
    twice: {
      zh: '这张发票已登记（单号 {number}，开票日期 {issued_on}），请勿重复登记',
      en: 'This invoice is registered already (document {number}, issued on {issued_on}): do not enter it twice',
    },
    not_our_buyer: {
      zh: '购买方不是我方“{name}”（税号 {tax_id}），不能收这张发票；请退回对方重开，或选择正确的我方单位',
      en: 'The buyer is not our company {name} (tax id {tax_id}): have it issued anew, or choose the company it is made out to',
    },
    not_our_seller: {
      zh: '销售方不是我方“{name}”（税号 {tax_id}），请检查销售方或我方单位',
      en: 'The seller is not our company {name} (tax id {tax_id}): check the seller, or our company',
    },
    not_ours: {
      zh: '购买方“{buyer}”（税号 {tax_id}）和销售方都不是我方公司；若是我方，请先在“系统 → 组织”登记税号，否则退回对方',
      en: 'Neither the buyer {buyer} (tax id {tax_id}) nor the seller is one of our companies: enter the tax id under Organisation if it is, else return the invoice',
    },
    party_unknown: {
      zh: '“{name}”（税号 {tax_id}）还不是往来单位，请先登记后再导入',
      en: '{name} (tax id {tax_id}) is no counterparty yet: register it, then choose the file again',
    },
    party_no_tax_id: {
      zh: '“{name}”在发票上没有税号，无法对应往来单位，请手工登记',
      en: '{name} has no tax id on the invoice: register it by hand',
    },
    red_without_original: {
      zh: '红字发票没有写明原发票号码，请在原发票上用“红字发票”登记',
      en: 'The red invoice does not say what it takes back: make it from the original',
    },
    red_unknown: {
      zh: '红字发票对应的原发票 {number} 没有登记或未生效，请先登记原发票并审批后再导入',
      en: 'Its original, {number}, is not registered or not effective: register and approve that first',
    },
    printed: {
      zh: '票面价税合计与明细合计 {sum} 不一致，请核对金额、税率和税额尾差',
      en: 'The total as printed is not the sum of the lines, {sum}: check amounts, rates and tax differences',
    },
    not_positive: {
      zh: '发票合计必须大于 0；红字请在原发票上用“红字发票”登记',
      en: 'The total must be above zero; a red invoice is made from the invoice it takes back',
    },
    other_direction: {
      zh: '销项发票对应收入合同，进项发票对应支出合同，请改选合同或进销方向',
      en: 'An issued invoice belongs to an income contract, a received one to an expense contract: choose another',
    },
    other_project: {
      zh: '一张发票的合同必须属于同一个项目，请分开登记',
      en: 'The contracts of one invoice belong to one project: register it in parts',
    },
    deducted_early: {
      zh: '抵扣所属期不能早于开票日期 {issued_on}',
      en: 'It cannot be deducted before the month it was issued in ({issued_on})',
    },
    red_early: {
      zh: '红字发票的日期不能早于原发票 {issued_on}',
      en: 'A red invoice is not dated before the one it takes back ({issued_on})',
    },
    no_such_line: {
      zh: '原发票没有这一行，请从原发票的明细中选择',
      en: 'The original has no such line: choose one of its lines',
    },
    red_line: {
      zh: '第 {line} 行只剩 {left} 可以红冲，请改小',
      en: 'Only {left} of line {line} is left to take back: enter no more',
    },
    red_sum: {
      zh: '红冲金额与各行合计 {sum} 不一致，请核对，或只填各行',
      en: 'The amount taken back is not the sum of the lines, {sum}: check it, or enter the lines only',
    },
    red_too_much: {
      zh: '红冲合计须大于 0，且不超过原发票剩余的 {left}，请修改金额',
      en: 'A red invoice takes back more than nothing and no more than the {left} that is left: enter another amount',
    },
  },
  menu: {
    under: 'funds',
    order: 30,
    icon: 'tax',
    items: [
      { entity: 'invoice' },
      { page: 'vat', label: { zh: '发票与增值税', en: 'Invoices and VAT' }, needs: 'invoice', order: 31 },
      { entity: 'vat_prepayment', order: 32 },
    ],
  },
})
