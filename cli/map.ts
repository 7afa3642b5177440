// `yingzao map`: what is installed, one line each.
import { mapOf } from '@yingzao/platform/loader/explain'
import { defineCommand } from './command.ts'
import { readRegistry } from './registry.ts'

export const command = defineCommand({
  summary: { zh: '列出全部模块、对象、操作、角色和任务', en: 'list all modules, entities, actions, roles and jobs' },
  usage: ['map'],
  async run() {
    const told = mapOf(await readRegistry())
    return {
      document: told,
      text: () =>
        told
          .map(
            ({ what, name, at, says }) =>
              `${what === 'module' ? '' : '  '}${what.padEnd(8)} ${name.padEnd(28)} ${says}  (${at})`,
          )
          .join('\n'),
    }
  },
})
