// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

// One for each project.
standardChecks(module, { samples: { warning_setting: { project: at => at.make('project') } } })
