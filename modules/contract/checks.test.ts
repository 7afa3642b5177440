// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let made = 0
standardChecks(module, {
  samples: {
    contract: {
      project: at => at.make('project', { name: `项目 ${++made}`, company: at.company }),
      lines: async at => [
        {
          name: '土方',
          item: await at.make('cost_item', { code: `K${++made}` }),
          amount: '10',
          tax_rate: '0.09',
        },
      ],
      counterparty: at => at.make('counterparty', { name: `单位 ${++made}`, taxpayer: 'person' }),
    },
    bill_item: { code: () => `0101${++made}` },
  },
  change: { contract: 'name', bill_item: 'name' },
})
