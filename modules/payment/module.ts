// 收付款: contents page. Requests to pay and what was paid of them, money that came in, transfers between own accounts, and
// how old what is owed has become.
import { askedCards, choice, defineModule, f, sequence, step } from '@yingzao/kernel/entity'
import { paymentCards } from './cards.ts'
import { netting } from './netting.entity.ts'
import { payment } from './payment.entity.ts'
import { receipt, receiptLine } from './receipt.entity.ts'
import { paymentRequest } from './request.entity.ts'
import { transfer } from './transfer.entity.ts'

const manager = step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' })
const cost = step('cost', { zh: '成本', en: 'Cost' }, { role: 'cost_engineer' })
const finance = step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' })
const boss = step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' })
const items = f.json({ zh: '待付单据', en: 'What is paid' }, { required: true })

export default defineModule({
  name: 'payment',
  label: { zh: '收付款', en: 'Payments' },
  needs: [
    ...['organisation', 'project', 'counterparty', 'cost-item', 'budget', 'cost-center', 'contract', 'bank-account'],
    ...['claim', 'invoice', 'funds-plan', 'bid', 'parameter', 'loan', 'schedule', 'measurement'],
  ],
  entities: [paymentRequest, payment, receipt, receiptLine, transfer, netting],
  flows: [
    {
      name: 'payment_request',
      label: { zh: '付款申请审批', en: 'Approval of payment requests' },
      root: sequence(
        choice([{ when: 'project != null', block: sequence(manager, cost) }], sequence()),
        finance,
        choice([{ when: 'amount >= 50000', block: boss }], sequence()),
      ),
      escalation: step('escalation', { zh: '无合同付款加签', en: 'Paid without a contract' }, { role: 'boss' }),
    },
    {
      // Asked from the amount on that the company sets under Limits (payment_check_from).
      name: 'payment',
      label: { zh: '付款复核', en: 'Check of payments' },
      root: step('check', { zh: '复核', en: 'Check' }, { role: 'finance' }),
    },
    {
      name: 'receipt',
      label: { zh: '收款确认', en: 'Confirmation of receipts' },
      root: finance,
    },
    {
      name: 'netting',
      label: { zh: '抵账审批', en: 'Approval of nettings' },
      root: sequence(manager, finance, choice([{ when: 'amount >= 50000', block: boss }], sequence())),
    },
    {
      name: 'transfer',
      label: { zh: '调拨审批', en: 'Approval of transfers' },
      root: sequence(finance, choice([{ when: 'loan or amount >= 500000', block: boss }], sequence())),
    },
  ],
  cards: paymentCards,
  actions: [
    {
      ...{ name: 'payment.cards', label: { zh: '收付卡片', en: 'Cards of payments' }, reads: true, input: askedCards },
      needs: 'contract:read',
    },
    { name: 'payment.queue', label: { zh: '待付款', en: 'To pay' }, needs: 'payment:create', reads: true },
    {
      name: 'payment.pay',
      label: { zh: '付款', en: 'Pay' },
      needs: 'payment:create',
      input: {
        items,
        account: f.ref('bank_account', { zh: '付款账户', en: 'From account' }, { required: true }),
        paid_on: f.date({ zh: '付款日期', en: 'Paid on' }),
        bank_ref: f.text({ zh: '银行流水号', en: 'Bank reference' }, { max: 60 }),
      },
    },
    {
      name: 'payment.bank_file',
      label: { zh: '网银付款文件', en: 'File for the bank' },
      needs: 'payment:create',
      input: { items },
    },
    {
      name: 'payment.debts',
      label: { zh: '往来与借款', en: 'Debts and loans' },
      needs: 'bank_account:export',
      reads: true,
    },
    {
      name: 'payment.ageing',
      label: { zh: '应收应付账龄', en: 'Ageing' },
      needs: 'contract:read',
      reads: true,
      input: {
        direction: f.choice(
          { zh: '收支', en: 'Direction' },
          { income: { zh: '应收', en: 'Receivable' }, expense: { zh: '应付', en: 'Payable' } },
        ),
        as_of: f.date({ zh: '截至', en: 'As of' }),
        project: f.ref('project', { zh: '项目', en: 'Project' }),
        contract: f.ref('contract', { zh: '合同', en: 'Contract' }),
      },
    },
  ],
  refusals: {
    what_cost: {
      zh: '无合同的项目付款要占目标成本，请选择成本科目；押金、代垫款等请关闭“计入项目成本”',
      en: 'A payment of a project without a contract uses its target: choose the cost item, or switch “Counts as cost” off for deposits and the like',
    },
    why_no_cost: {
      zh: '不计入项目成本的付款，请在“说明”写明原因',
      en: 'It does not count as cost of the project: say why in the note',
    },
    invoice_claimed: {
      zh: '这张发票已由报销单 {claim} 报销，不能再申请付款',
      en: 'This invoice was claimed by {claim}: it cannot be paid again',
    },
    invoice_requested: {
      zh: '这张发票已在付款申请“{request}”中，不能重复入账',
      en: 'This invoice is paid by the request {request}: it cannot be entered twice',
    },
    contract_not_signed: {
      zh: '合同“{name}”未签订或不在履行中，不能收付款，请先签订合同',
      en: 'The contract “{name}” is not signed or not in force: sign it first',
    },
    netting_side: {
      zh: '抵账须选一份收入合同和一份支出合同，请重新选择',
      en: 'Netting takes an income and an expense contract: choose again',
    },
    netting_party: {
      zh: '两份合同的对方单位不同，不能抵账；三方抵账请先办理债权转让并变更合同对方',
      en: 'The contracts are with different parties: nothing is netted among three before the claim is assigned',
    },
    netting_company: {
      zh: '两份合同不属于同一公司，不能抵账；请先在公司之间办理债权转让',
      en: 'The contracts are of different companies of ours: assign the claim between them first',
    },
    receipt_unsigned: {
      zh: '收入合同“{name}”尚未签订，不能登记收款。请先在合同上点“签订”；与合同无关的款项请清空合同',
      en: 'The income contract “{name}” is not signed yet: press “Sign” on it first, or clear the contract if the money is not of it',
    },
    beyond_rest: {
      zh: '“{name}”只剩 {rest} 未付，付款文件不能超出，也不能为零',
      en: 'Only {rest} of “{name}” is still to be paid: the file cannot ask for more, nor for nothing',
    },
    to_whom: { zh: '请选择合同或收款单位', en: 'Choose the contract, or who is paid' },
    whose: { zh: '请选择项目或付款公司', en: 'Choose the project, or the company that pays' },
    no_account: {
      zh: '收款单位没有登记这个账户，请先在“往来单位”中维护银行账户',
      en: 'No such account is registered of him: enter it under the counterparty first',
    },
    which_account: {
      zh: '有多个账户以此尾号结尾，请多填几位',
      en: 'Several accounts end like this: enter more digits',
    },
    of_what: {
      zh: '请选择一张要付的单据：付款申请、报销单、借支单或投标保证金',
      en: 'Choose the one document it pays: a payment request, a claim, an advance or a bid bond',
    },
    nothing_to_pay: {
      zh: '“{name}”已付清或已关闭，没有可付的余额，请刷新待付款',
      en: 'Of “{name}” nothing is to be paid any more: reload what is to pay',
    },
    other_company: {
      zh: '账户不属于该单据的公司，请换账户；代付请先办理内部调拨',
      en: 'The account is of another company: choose one of its own, or transfer the money first',
    },
    too_many: { zh: '一次最多付 {most} 笔，请分批付款', en: 'At most {most} at once: pay them in parts' },
    no_number: {
      zh: '“{name}”没有收款账号，请现金支付或补充账号',
      en: 'No account is known for “{name}”: pay in cash, or have it entered',
    },
    overpaid_of: {
      zh: '应退款只对已结算的合同：收回的选支出合同，退还的选收入合同',
      en: 'Overpaid is a settled contract: choose an expense one for what comes back, an income one for what goes back',
    },
    other_side: {
      zh: '合同的收支方向不符：收款选收入合同，付款选支出合同；结算后多付的请选款项类型“收回应退款”或“退还应退款”',
      en: 'The contract is of the other side: receive on income, pay on expense; what a settlement finds overpaid has a kind of its own',
    },
    refund_again: {
      zh: '合同结算后已多付，退回的款项不能重新待付，请选“不再支付”',
      en: 'The settlement found the contract overpaid: what comes back is paid no more, choose that',
    },
    refund_day: {
      zh: '退款日期应在付款日期与今天之间，请核对',
      en: 'A refund comes between the day of payment and today: check the date',
    },
    return_day: {
      zh: '退回日期应在到账日期与今天之间，请核对',
      en: 'Money goes back between the day it came and today: check the date',
    },
    no_wage_account: {
      zh: '项目没有启用的农民工工资专户，请先登记专户，或将人工费比例清零',
      en: 'The project has no wage account in use: register it, or clear the labour share',
    },
    not_due: {
      zh: '该日期没有这么多应收余额，请核对日期与金额',
      en: 'Not that much is due on that day: check day and amount',
    },
  },
  menu: {
    under: 'funds',
    order: 20,
    icon: 'pay',
    items: [
      { page: 'queue', label: { zh: '待付款', en: 'To pay' }, needs: 'payment', order: 1 },
      { entity: 'payment_request', order: 2 },
      { entity: 'payment', order: 3 },
      { entity: 'receipt', order: 4 },
      { entity: 'transfer', order: 5 },
      { entity: 'netting', order: 5.5 },
      { page: 'ageing', label: { zh: '应收应付账龄', en: 'Ageing' }, needs: 'contract', order: 6 },
      { page: 'debts', label: { zh: '往来与借款', en: 'Debts and loans' }, needs: 'bank_account', order: 7 },
    ],
  },
})
