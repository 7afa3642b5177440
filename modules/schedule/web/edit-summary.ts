// What an edit did, in a line for the history: in the words of whoever made it.
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { type Lang, texts } from '@yingzao/ui/gantt/texts'

const actions: Readonly<Record<PlanEdit['kind'], { readonly zh: string; readonly en: string }>> = {
  'task.add': { zh: '添加任务', en: 'Added' },
  'task.set': { zh: '修改', en: 'Changed' },
  'task.remove': { zh: '删除任务', en: 'Removed' },
  'task.move': { zh: '移动', en: 'Moved' },
  'task.indent': { zh: '降级', en: 'Indented' },
  'task.outdent': { zh: '升级', en: 'Outdented' },
  'task.outline': { zh: '调整层级', en: 'Changed the outline' },
  'link.add': { zh: '建立关系', en: 'Linked' },
  'link.set': { zh: '修改关系', en: 'Changed a link' },
  'link.remove': { zh: '删除关系', en: 'Unlinked' },
  'assignment.add': { zh: '分配资源', en: 'Assigned a resource to' },
  'assignment.set': { zh: '修改资源分配', en: 'Changed an assignment of' },
  'assignment.remove': { zh: '取消资源分配', en: 'Took a resource from' },
  'resource.add': { zh: '添加资源', en: 'Added a resource' },
  'resource.set': { zh: '修改资源', en: 'Changed a resource' },
  'resource.remove': { zh: '删除资源', en: 'Removed a resource' },
  'options.set': { zh: '修改计划选项', en: 'Changed the plan options' },
}

/** At most 300 characters: what was done, to which tasks, which fields. */
export function summaryOf(plan: Plan, edits: readonly PlanEdit[], lang: Lang): string {
  const [first] = edits
  if (!first) return ''
  const task = new Map(plan.tasks.map(each => [each.id, each.name]))
  const link = new Map(plan.links.map(each => [each.id, each]))
  const names = (ids: readonly string[]) => ids.flatMap(id => task.get(id) ?? [])
  const pair = (from: string, to: string) => [`${task.get(from) ?? '?'} → ${task.get(to) ?? '?'}`]
  const about = (edit: PlanEdit): string[] => {
    switch (edit.kind) {
      case 'task.add':
        return [edit.task.name]
      case 'task.set':
        return names([edit.id])
      case 'task.remove':
      case 'task.move':
      case 'task.indent':
      case 'task.outdent':
        return names(edit.ids)
      case 'task.outline':
        return names(Object.keys(edit.parents))
      case 'link.add':
        return pair(edit.link.from, edit.link.to)
      case 'link.set':
      case 'link.remove':
        return (edit.kind === 'link.set' ? [edit.id] : edit.ids).flatMap(id => {
          const known = link.get(id)
          return known ? pair(known.from, known.to) : []
        })
      case 'assignment.add':
        return names([edit.assignment.task])
      case 'resource.add':
        return [edit.resource.name]
      default:
        return []
    }
  }
  const same = edits.filter(edit => edit.kind === first.kind)
  const subjects = [...new Set(same.flatMap(about))]
  const shown = subjects.slice(0, 3).join(lang === 'zh' ? '、' : ', ')
  const more =
    subjects.length > 3 ? (lang === 'zh' ? ` 等 ${subjects.length} 项` : ` and ${subjects.length - 3} more`) : ''
  const fields = first.kind === 'task.set' ? fieldWords(Object.keys(first.patch), lang) : ''
  return `${actions[first.kind][lang]} ${shown}${more}${fields}`.trim().slice(0, 300)
}

function fieldWords(fields: readonly string[], lang: Lang): string {
  const said = [...new Set(fields.flatMap(field => fieldWord(field, lang) ?? []))]
  if (said.length === 0) return ''
  return lang === 'zh' ? `：${said.join('、')}` : `: ${said.join(', ').toLowerCase()}`
}

/** A field of a task as the Gantt calls it; undefined for those it does not show. */
export function fieldWord(field: string, lang: Lang): string | undefined {
  const { columns, panel } = texts[lang]
  const words: Readonly<Record<string, string>> = {
    name: columns.name,
    duration: columns.duration,
    percentComplete: columns.percent,
    constraint: columns.constraint,
    deadline: columns.deadline,
    levelingDelay: columns.leveling_delay,
    calendar: columns.calendar,
    actualStart: columns.actual_start,
    actualFinish: columns.actual_finish,
    code: columns.code,
    notes: panel.notes,
    responsible: columns.responsible,
    assignments: columns.resources,
  }
  return words[field]
}
