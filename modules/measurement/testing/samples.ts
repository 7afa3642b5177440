// A contract in force, as `standardChecks` of this module and of its neighbours need one.
import type { SamplePlace } from '@yingzao/platform/testing/sample'

let made = 0
export const contractInForce = async (
  at: SamplePlace,
  values: Parameters<SamplePlace['make']>[1] = {},
  stage = 'signed',
): Promise<string> =>
  at.approved(
    'contract',
    {
      project: await at.make('project', { name: `项目 ${++made}`, company: at.company }),
      counterparty: await at.make('counterparty', { name: `单位 ${++made}`, taxpayer: 'person' }),
      direction: 'income',
      lines: [{ name: '土方', amount: '100000', tax_rate: '0.09' }],
      ...values,
    },
    stage,
  )
