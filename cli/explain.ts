// `yingzao explain NAME`: all that belongs to an entity, module, role or job, with file and line.
import { explain, mapOf } from '@yingzao/platform/loader/explain'
import { installationRoot } from '@yingzao/platform/runtime/config'
import { defineCommand, usageError } from './command.ts'
import { nearest } from './nearest.ts'
import { readRegistry } from './registry.ts'

export const command = defineCommand({
  summary: {
    zh: '说明一个对象、模块、角色或任务的全部组成',
    en: 'tell everything that belongs to an entity, module, role or job',
  },
  usage: ['explain NAME'],
  async run(args) {
    const [name, ...rest] = args
    if (!name || rest.length > 0) throw usageError({ zh: '请给出一个名称', en: 'give one name' })
    const registry = await readRegistry()
    const found = explain(registry, name, installationRoot)
    if (!found) {
      const guess = nearest(
        name,
        mapOf(registry).map(each => each.name),
      )
      throw Object.assign(
        new Error(
          `没有 ${name}${guess ? `，是否想用 ${guess}？` : ''}\nnothing is called ${name}${guess ? `: did you mean ${guess}?` : ''}`,
        ),
        { code: 'cli.unknown_name' },
      )
    }
    return {
      document: found,
      text() {
        const head = `${found.kind} ${found.name}  ${found.label.zh} ${found.label.en}  ${found.at ?? ''}`
        const width = Math.min(36, Math.max(0, ...found.parts.map(part => part.name.length)))
        return [
          head,
          ...found.parts.map(
            part =>
              `  ${part.what.padEnd(9)} ${part.name.padEnd(width)}  ${part.says}${part.at ? `  (${part.at})` : ''}`,
          ),
        ].join('\n')
      },
    }
  },
})
