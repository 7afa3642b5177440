// What every entity of this module must do, asked over HTTP.
import type { Json } from '@yingzao/kernel/entity'
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

const content: Json = {
  landscape: false,
  head: { company: '', title: '', about: [], logo: false, code: true },
  blocks: [],
  note: '',
}
standardChecks(module, {
  samples: { print_template: { entity: 'project', content } },
  change: { print_template: 'name' },
})
