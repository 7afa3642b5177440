// What every entity of the organisation must do, asked over HTTP. Its nouns are the kernel's.
import { organisation } from '@yingzao/kernel/organisation/module'
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

standardChecks(
  { ...module, entities: organisation.value.entities },
  {
    samples: {
      org_unit: { parent: ({ company }) => company },
      role_holding: {
        at_kind: 'company',
        at_id: ({ company }) => company,
        role: at => at.find('role', { code: 'observer' }),
      },
      grant: { entity: 'project', functions: ['read'], scope: 'all' },
      approval_flow: {
        name: 'project_gate',
        entity: 'project_gate',
        content: {
          name: 'project_gate',
          label: { zh: '关口', en: 'Gates' },
          root: { is: 'step', name: 'office', label: { zh: '审核', en: 'Review' }, who: { role: 'pmo' } },
        },
      },
      approval_absence: {
        person: at => at.user,
        agent: at => at.make('user'),
        from_on: '2026-01-01',
        to_on: '2099-12-31',
      },
    },
    change: {
      approval_flow: 'note',
      approval_absence: 'reason',
      role_holding: 'to',
      grant: { field: 'scope', values: ['own', 'department'] },
    },
  },
)
