// A statement is of its account's company; a line that is matched stands.
import { asSystem, get, hooks, refuse } from '@yingzao/kernel/server'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { bankStatement, bankStatementLine } from './statement.entity.ts'

export const ofStatement = hooks(bankStatement, {
  async beforeSave(ctx, record) {
    const { company, project } = await get(asSystem(ctx), bankAccount, record.account)
    return { company, project }
  },
})

export const ofLine = hooks(bankStatementLine, {
  async beforeSave(ctx, record, before) {
    const told = ['on', 'received', 'paid', 'statement'] as const
    if (before?.matched && told.some(name => before[name] !== record[name])) throw refuse('reconciliation.matched')
    const { account, company, project } = await get(asSystem(ctx), bankStatement, record.statement)
    return { account, company, project }
  },
})
