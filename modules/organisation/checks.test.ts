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
    },
    change: { role_holding: 'to', grant: { field: 'scope', values: ['own', 'department'] } },
  },
)
