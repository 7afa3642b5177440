// The test enterprise's books: budgets, requests that spend them, stock that comes and goes. Every part of the document
// and ledger language is used once.
import { allow, defineModule, entity, f, ledger, post, sequence, step } from '@yingzao/kernel/entity'

const label = (en: string) => ({ zh: en, en })

export const cost = ledger('t_cost', {
  label: label('Cost'),
  dims: { item: 't_item' },
  measures: { amount: 2, budget: 2 },
  balance: ['project', 'item'],
})
export const stock = ledger('t_stock', {
  label: label('Stock'),
  dims: { item: 't_item' },
  measures: { qty: 4 },
  balance: ['project', 'item'],
})

export const item = entity('t_item', {
  label: label('Item'),
  fields: { name: f.text(label('Name'), { required: true }) },
  access: [allow('director', 'read create'), allow('clerk', 'read'), allow('lead', 'read')],
})

const place = { project: 'project' } as const
const project = f.ref('t_project', label('Project'), { required: true })
const everything = 'read create update delete submit withdraw reverse void close'

/** Sets a budget; the right to submit is enough. */
export const fund = entity('t_fund', {
  kind: 'document',
  label: label('Fund'),
  title: 'project',
  number: 'MB-{yyyy}{mm}-{seq:4}',
  fields: {
    project,
    item: f.ref('t_item', label('Item'), { required: true }),
    amount: f.money(label('Amount'), { required: true }),
  },
  place,
  posting: [post(cost, { dims: { item: 'item' }, measures: { budget: 'amount' } })],
  reversal: { negate: ['amount'] },
  access: [allow('director', everything)],
})

export const requestLine = entity('t_request_line', {
  kind: 'line',
  label: label('Line'),
  fields: {
    item: f.ref('t_item', label('Item'), { required: true }),
    qty: f.number(label('Quantity'), { required: true, min: '0' }),
    price: f.money(label('Price'), { required: true, group: 'commercial' }),
    amount: f.money(label('Amount'), { formula: 'round(qty * price, 2)', group: 'commercial' }),
  },
  access: [],
})
/** Reserves the budget when submitted, spends it when two people have approved; one more above it. */
export const request = entity('t_request', {
  kind: 'document',
  label: label('Request'),
  title: 'why',
  number: 'FK-{yyyy}{mm}-{seq:4}',
  fields: {
    project,
    why: f.text(label('Why'), { required: true }),
    note: f.text(label('Note'), { open: true }),
    spent_on: f.date(label('Spent on')),
    lines: f.lines('t_request_line', label('Lines'), { required: true }),
    total: f.money(label('Total'), { formula: 'sum(lines.amount)', group: 'commercial' }),
  },
  place,
  rules: { worth: { check: 'total > 0', message: label('A request is worth something') } },
  approval: 't_two',
  posting: [
    post(cost, {
      each: 'lines',
      dims: { item: 'item', on: 'if doc.spent_on = null then today() else doc.spent_on' },
      measures: { amount: 'amount' },
      reserve: true,
    }),
  ],
  reversal: { negate: ['lines.qty'] },
  access: [
    allow('director', everything, { fields: { commercial: 'edit' } }),
    allow('clerk', 'read create update delete submit withdraw', { fields: { commercial: 'edit' } }),
  ],
})

export const receipt = entity('t_receipt', {
  kind: 'document',
  label: label('Receipt'),
  title: 'project',
  number: 'RK-{yyyy}-{seq:5}',
  fields: {
    project,
    request: f.ref('t_request', label('Request')),
    lines: f.lines('t_receipt_line', label('Lines'), { required: true }),
  },
  place,
  posting: [post(stock, { each: 'lines', dims: { item: 'item' }, measures: { qty: 'qty' } })],
  reversal: { negate: ['lines.qty'] },
  access: [allow('director', everything), allow('clerk', everything)],
})
export const receiptLine = entity('t_receipt_line', {
  kind: 'line',
  label: label('Line'),
  fields: {
    item: f.ref('t_item', label('Item'), { required: true }),
    qty: f.number(label('Quantity'), { required: true, min: '0' }),
  },
  access: [],
})

export const issueLine = entity('t_issue_line', {
  kind: 'line',
  label: label('Line'),
  fields: {
    item: f.ref('t_item', label('Item'), { required: true }),
    qty: f.number(label('Quantity'), { required: true, min: '0' }),
  },
  access: [],
})
/** Takes from two ledgers at once: the stock, and the cost of what is taken. */
export const issue = entity('t_issue', {
  kind: 'document',
  label: label('Issue'),
  title: 'project',
  number: 'CK-{yyyy}-{seq:5}',
  fields: { project, lines: f.lines('t_issue_line', label('Lines'), { required: true }) },
  place,
  approval: 't_one',
  posting: [
    post(stock, { each: 'lines', dims: { item: 'item' }, measures: { qty: '-qty' }, reserve: true }),
    post(cost, { each: 'lines', dims: { item: 'item' }, measures: { amount: 'qty * 1.5' }, reserve: true }),
  ],
  reversal: { negate: ['lines.qty'] },
  access: [allow('director', everything), allow('clerk', everything)],
})

const lead = step('lead', label('Project lead'), { role: 'lead' })

export const books = defineModule({
  name: 'books',
  label: label('Books'),
  needs: ['enterprise'],
  entities: [item, fund, requestLine, request, receipt, receiptLine, issueLine, issue],
  ledgers: [cost, stock],
  roles: { chief: { label: label('Chief'), at: ['company'] } },
  flows: [
    { name: 't_one', label: label('One'), root: lead, escalation: step('chief', label('Chief'), { role: 'chief' }) },
    {
      name: 't_two',
      label: label('Two'),
      root: sequence(lead, step('director', label('Director'), { role: 'director' })),
      escalation: step('chief', label('Chief'), { role: 'chief' }),
    },
  ],
  limits: [
    {
      name: 'near_budget',
      ledger: 't_cost',
      check: 'amount_change <= 0 or amount_used <= budget * 0.9',
      outcome: 'warn',
      message: label('More than 90 % of the budget is used'),
    },
    {
      name: 'over_budget',
      ledger: 't_cost',
      check: 'amount_change <= 0 or amount_used <= budget',
      outcome: 'escalate',
      message: label('Over the budget: the chief is asked'),
    },
    {
      name: 'far_over_budget',
      ledger: 't_cost',
      check: 'amount_change <= 0 or amount_used <= budget * 1.05',
      outcome: 'block',
      message: label('More than 5 % over the budget: ask for more budget first'),
    },
    {
      name: 'no_stock',
      ledger: 't_stock',
      check: 'qty_change >= 0 or qty_used >= 0',
      outcome: 'block',
      message: label('Not enough in stock: receive some first'),
    },
  ],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_item: typeof item
    t_fund: typeof fund
    t_request: typeof request
    t_request_line: typeof requestLine
    t_receipt: typeof receipt
    t_receipt_line: typeof receiptLine
    t_issue: typeof issue
    t_issue_line: typeof issueLine
  }
}
