// Words of the project's page.
import { words } from '@yingzao/ui/text/words'

export const text = words({
  add: { zh: '添加成员', en: 'Add a member' },
  addNote: {
    zh: '成员即在本项目任职：添加后立刻能看到项目，并做角色允许的事，到截止日为止。',
    en: 'A membership is the role held here: it counts at once and until its last day.',
  },
  added: { zh: '已添加', en: 'Added' },
  person: { zh: '人员', en: 'Person' },
  role: { zh: '角色', en: 'Role' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  duty: { zh: '职责', en: 'Duty' },
  none: { zh: '还没有成员。', en: 'Nobody takes part yet.' },
  noneNext: {
    zh: '添加项目经理、计划工程师和施工员，他们才能看到并编制计划。',
    en: 'Add the project manager, planners and engineers: only then can they see it and plan.',
  },
  current: { zh: '现任 {count} 人', en: '{count} taking part' },
  past: { zh: '已结束', en: 'Ended' },
  later: { zh: '未开始', en: 'Not yet' },
  openEnded: { zh: '长期', en: 'open' },
  change: { zh: '修改起止与职责', en: 'Change dates and duty' },
  end: { zh: '结束任职', en: 'End' },
  endNote: { zh: '截止日当天仍有权限，次日起失效；记录保留。', en: 'The last day still counts; the record stays.' },
  ended: { zh: '已结束', en: 'Ended' },
  changed: { zh: '已修改', en: 'Changed' },
  remove: { zh: '删除（添加有误）', en: 'Delete (added by mistake)' },
  removed: { zh: '已移入回收站', en: 'Moved to the recycle bin' },
  actions: { zh: '对 {name} 的操作', en: 'Actions for {name}' },
})
