// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

standardChecks(module, { samples: { bank_account: { type: 'cash', project: null } }, change: { bank_account: 'note' } })
