// What people read when a comment or attachment is refused.
import type { Label } from '@yingzao/kernel/entity'

export const discussionMessages: Readonly<Record<string, Label>> = {
  'discussion.none': {
    zh: '此类数据没有评论和附件',
    en: 'There are no comments and attachments on this kind of record',
  },
  'discussion.kept': {
    zh: '单据提交后附件只增不减：请补充新附件，并在评论中说明以哪份为准',
    en: 'Papers of a submitted document stay: add the right one and say in a comment which one counts',
  },
  'discussion.not_yours': {
    zh: '只能修改或删除自己的评论',
    en: 'Only the author may change or delete a comment',
  },
}
