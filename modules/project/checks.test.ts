// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

standardChecks(module, { samples: { project_member: { role: at => at.find('role', { code: 'engineer' }) } } })
