// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let made = 0
standardChecks(module, {
  samples: {
    claim: {
      person: at => at.user,
      project: null,
      lines: async at => [
        {
          expense_item: await at.make('expense_item', {
            code: `F${++made}`,
            name: '差旅费',
            cost_item: await at.make('cost_item', { code: `CL${made}` }),
          }),
          amount: '100',
        },
      ],
    },
    advance: { person: at => at.user, project: null, due_on: '2030-01-01' },
  },
  change: { claim: 'name', advance: 'name' },
})
