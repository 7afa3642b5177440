// The states of a document (kernel), in words and colours.
import type { Label } from '@yingzao/kernel/entity'
import type { Tone } from './tag.tsx'

export const stateText: Readonly<Record<string, Label & { readonly tone: Tone }>> = {
  draft: { zh: '草稿', en: 'Draft', tone: 'neutral' },
  pending: { zh: '审批中', en: 'Pending', tone: 'info' },
  effective: { zh: '已生效', en: 'Effective', tone: 'good' },
  rejected: { zh: '已驳回', en: 'Rejected', tone: 'bad' },
  // Effective, and its void waits for approval (`void_reason`).
  voiding: { zh: '作废审批中', en: 'Void asked for', tone: 'info' },
  reversed: { zh: '已红冲', en: 'Reversed', tone: 'warn' },
  void: { zh: '已作废', en: 'Void', tone: 'warn' },
  closed: { zh: '已关闭', en: 'Closed', tone: 'neutral' },
}
