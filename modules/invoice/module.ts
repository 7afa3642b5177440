// 发票: contents page. Issued and received, red ones, deduction, what is not invoiced yet, and the VAT that follows.
import { choice, defineModule, sequence, step } from '@yingzao/kernel/entity'
import { invoice, invoiceLine } from './invoice.entity.ts'

export default defineModule({
  name: 'invoice',
  label: { zh: '发票', en: 'Invoices' },
  needs: ['organisation', 'project', 'counterparty', 'budget', 'cost-item', 'contract', 'tax-rate'],
  entities: [invoice, invoiceLine],
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
  ],
  refusals: {
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
    red_too_much: {
      zh: '红冲金额超过原发票剩余的 {left}，请改小',
      en: 'Only {left} of the invoice is left to take back: enter no more',
    },
  },
  menu: { under: 'funds', order: 30, icon: 'invoice', items: [{ entity: 'invoice' }] },
})
