// What every entity of this module must do, asked over HTTP.
import type { Json } from '@yingzao/kernel/entity'
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let made = 0
standardChecks(module, {
  samples: {
    month_closing: {
      company: async (at): Promise<Json> =>
        at.make('org_unit', { name: `公司 ${++made}`, type: 'company', parent: at.company }),
    },
  },
})
