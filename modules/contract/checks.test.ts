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
    variation: {
      contract: at => at.make('contract', { direction: 'income' }),
      lines: [{ name: '便道', unit: '项', price: '10' }],
    },
    variation_answer: {
      variation: async at => at.make('variation', { contract: await at.make('contract', { direction: 'income' }) }),
      lines: [{ line_no: 1, qty: '1', price: '1' }],
    },
    bill_mapping: { prefix: () => `01${++made}` },
    bill_item: { code: () => `0101${++made}` },
  },
  change: { contract: 'name', bill_item: 'name', variation: 'name', variation_answer: 'name' },
})
