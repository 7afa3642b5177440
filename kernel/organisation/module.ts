// The kernel's own nouns: organisation, people, roles, grants. Every other module may rely on them.
import { defineModule, type Module } from '@yingzao/kernel/entity'
import { approvalAbsence } from '../approval/absence.entity.ts'
import { approvalFlow } from '../approval/flow.entity.ts'
import type { Found } from '../registry.ts'
import { orgUnit } from './org-unit.entity.ts'
import { grant, role, roleHolding } from './role.entity.ts'
import { user } from './user.entity.ts'

export const organisation: Found<Module> = {
  file: 'kernel/organisation/module.ts',
  value: defineModule({
    name: 'kernel',
    label: { zh: '系统', en: 'System' },
    entities: [orgUnit, user, role, roleHolding, grant, approvalFlow, approvalAbsence],
    roles: {
      administrator: { label: { zh: '系统管理员', en: 'Administrator' }, at: ['company'] },
      /** Held by every active user at the root, without a row. */
      member: { label: { zh: '成员', en: 'Member' }, at: ['company'] },
    },
  }),
}
