// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'
import { creditCode } from './testing/credit-code.ts'

standardChecks(module, { samples: { counterparty: { taxpayer: 'general', credit_code: () => creditCode() } } })
