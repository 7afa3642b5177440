// What a refused instance file is told, in both languages, with the next step.
import type { InstanceError } from '@yingzao/formats/psplib'
import type { Text } from './command.ts'

/** The words of a refusal; jobs and resources are counted from one, as the file does. */
export function instanceErrorText(error: InstanceError, extension: string): Text {
  switch (error.code) {
    case 'instance.unknown_format':
      return {
        zh: `这不是资源约束算例（${extension || '无扩展名'}）：请给出 PSPLIB 单模式 .sm 或 Patterson .rcp 文件。`,
        en: `This is no instance of resource-constrained scheduling (${extension || 'no extension'}): name a PSPLIB single-mode .sm or a Patterson .rcp file.`,
      }
    case 'instance.missing_section':
      return {
        zh: `缺少“${error.section}”一节，或它不完整；请重新下载该文件。`,
        en: `The section ${error.section} is missing or incomplete; fetch the file again.`,
      }
    case 'instance.not_a_number':
      return {
        zh: `第 ${error.line} 行的“${error.text}”不是整数。`,
        en: `Line ${error.line}: “${error.text}” is no whole number.`,
      }
    case 'instance.incomplete':
      return { zh: `第 ${error.line} 行的数字个数不对。`, en: `Line ${error.line} has too few or too many numbers.` }
    case 'instance.multi_mode':
      return {
        zh: `任务 ${error.job} 有多个执行模式；目前只能读单模式文件。`,
        en: `Job ${error.job} has several modes; only single-mode files are read.`,
      }
    case 'instance.nonrenewable':
      return {
        zh: '文件含不可更新资源；目前只能读可更新资源。',
        en: 'The file has nonrenewable resources; only renewable ones are read.',
      }
    case 'instance.too_large':
      return { zh: `任务数 ${error.jobs} 过大。`, en: `${error.jobs} jobs are too many.` }
    case 'levelling.no_activity':
      return { zh: '文件里没有任务。', en: 'The file has no job.' }
    case 'levelling.not_whole':
      return {
        zh: `任务 ${error.activity + 1} 的 ${error.value} 不是允许范围内的非负整数。`,
        en: `Job ${error.activity + 1}: ${error.value} is no whole number in range.`,
      }
    case 'levelling.unknown_activity':
      return {
        zh: `任务 ${error.activity + 1} 的后续任务 ${error.successor + 1} 不存在。`,
        en: `Job ${error.activity + 1} names a successor ${error.successor + 1} that does not exist.`,
      }
    case 'levelling.cycle': {
      const jobs = error.activities.slice(0, 20).map(i => i + 1)
      return {
        zh: `任务关系成环，涉及任务 ${jobs.join('、')}；请删除其中一条关系。`,
        en: `Relations form a circle among or before jobs ${jobs.join(', ')}; remove one of them.`,
      }
    }
    case 'levelling.exceeds_capacity':
      return {
        zh: `任务 ${error.activity + 1} 需要资源 R${error.resource + 1} 共 ${error.demand}，最多只有 ${error.capacity}；请减少需要量或增加资源。`,
        en: `Job ${error.activity + 1} needs ${error.demand} of R${error.resource + 1}, of which there are ${error.capacity}; lower the need or add to the resource.`,
      }
    case 'levelling.too_large':
      return {
        zh: `工期总和 ${error.total} 过大；请用较粗的时间单位。`,
        en: `Durations add up to ${error.total}, too much; use a coarser unit of time.`,
      }
  }
}
