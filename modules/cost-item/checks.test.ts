// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

standardChecks(module, { change: { cost_item: 'name', expense_item: 'name' } })
