// 代理设置: while somebody is away another approves for him, "B(代A)". Everybody sets his own; an administrator anybody's.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const approvalAbsence = entity('approval_absence', {
  label: { zh: '审批代理', en: 'Absence' },
  title: 'person',
  fields: {
    person: f.user({ zh: '被代理人', en: 'Away' }, { required: true, default: '=current_user()', indexed: true }),
    agent: f.user({ zh: '代理人', en: 'Stands in' }, { required: true }),
    from_on: f.date({ zh: '起', en: 'From' }, { required: true, default: '=today()' }),
    to_on: f.date({ zh: '止', en: 'To' }, { required: true }),
    /** Name of an entity; empty: every kind of document. */
    entity: f.text({ zh: '仅限单据', en: 'Only documents of' }, { max: 60, input: 'document' }),
    reason: f.text({ zh: '原因', en: 'Reason' }, { max: 200 }),
  },
  place: { owner: ['person'] },
  rules: {
    period: {
      check: 'to_on >= from_on',
      message: { zh: '截止日期不能早于起始日期', en: 'The end lies before the beginning' },
    },
    other: {
      check: 'agent != person',
      message: { zh: '代理人不能是本人，请另选', en: 'Nobody stands in for himself: choose somebody else' },
    },
  },
  access: [
    allow('member', 'read create update delete', { scope: 'own' }),
    allow('administrator', 'read create update delete export'),
  ],
  discussion: false,
  views: {
    list: table('person agent from_on to_on entity reason', { sort: '-from_on' }),
    form: form('person agent from_on to_on', 'entity reason'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    approval_absence: typeof approvalAbsence
  }
}
