// The audit export: the sealed history of the whole organisation as one file, which `yingzao audit verify` checks anywhere.
import { Readable } from 'node:stream'
import { auditText, exportAudit } from '@yingzao/kernel/change/audit'
import type { SealKey } from '@yingzao/kernel/change/chain'
import { recordChanges } from '@yingzao/kernel/records/change'
import { write } from '@yingzao/kernel/records/transaction'
import { refuse } from '@yingzao/kernel/refuse'
import { get } from '@yingzao/kernel/server'
import type { FastifyInstance } from 'fastify'
import { demandPerson } from '../guard.ts'
import type { Host } from '../host.ts'

export function auditRoutes(app: FastifyInstance, { db, tenant }: Host, key: SealKey): void {
  // Every value ever written is in it: only for who administers everything, and signed in, not by a token.
  app.get('/audit/export', async (request, reply) => {
    const { ctx } = demandPerson(request)
    const root = ctx.principal.rights?.grants.units.root ?? null
    const administers = ctx.principal.roles.some(({ role, at }) => role === 'administrator' && at.id === root)
    if (root === null || !administers) throw refuse('access.denied', { function: 'audit:export' })
    // Who took the history away stands in it.
    await write(ctx, async ctx => {
      const company = await get(ctx, 'org_unit', root)
      await recordChanges(ctx, [
        { entity: 'org_unit', record: root, version: company.version, op: 'action', action: 'audit_export', diff: {} },
      ])
    })
    async function* text() {
      for await (const line of exportAudit({ db, tenant, key })) yield auditText(line)
    }
    return reply
      .type('application/x-ndjson; charset=utf-8')
      .header('content-disposition', `attachment; filename="yingzao-audit-${ctx.today}.ndjson"`)
      .send(Readable.from(text()))
  })
}
