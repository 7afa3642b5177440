// 审批: contents page. To-do, done, started and copied documents, the trail of each, definitions and absences. The nouns and the
// rules are the kernel's; this module adds the doors and pages.
import { defineModule, f } from '@yingzao/kernel/entity'

const entity = f.text({ zh: '单据类型', en: 'Kind of document' }, { required: true, max: 60 })
const document = f.text({ zh: '单据', en: 'Document' }, { required: true, max: 36 })

export default defineModule({
  name: 'approval',
  label: { zh: '审批', en: 'Approval' },
  needs: ['organisation'],
  actions: [
    {
      name: 'approval.box',
      label: { zh: '我的审批', en: 'My approvals' },
      reads: true,
      input: {
        box: f.choice(
          { zh: '栏目', en: 'Box' },
          {
            todo: { zh: '待办', en: 'To do' },
            done: { zh: '已办', en: 'Done' },
            started: { zh: '我发起的', en: 'Started' },
            copied: { zh: '抄送我的', en: 'Copied' },
          },
          { required: true },
        ),
        from: f.integer({ zh: '从第几条', en: 'From' }, { default: 0, min: 0 }),
      },
    },
    {
      name: 'approval.trail',
      label: { zh: '审批过程', en: 'Trail' },
      reads: true,
      input: { entity, document },
    },
    {
      name: 'approval.diagram',
      label: { zh: '流程图', en: 'Diagram' },
      reads: true,
      input: { entity, document },
    },
    { name: 'approval.seen', label: { zh: '抄送已阅', en: 'Copy seen' }, input: { document } },
    {
      name: 'approval.simulate',
      label: { zh: '试算审批人', en: 'Who will approve' },
      needs: 'approval_flow:read',
      reads: true,
      input: {
        entity,
        starter: f.user({ zh: '提交人', en: 'Starter' }, { required: true }),
        values: f.json({ zh: '样例', en: 'Sample' }, { required: true }),
        content: f.json({ zh: '流程', en: 'Flow' }),
      },
    },
    {
      name: 'approval.read_flow',
      label: { zh: '读入流程', en: 'Read a flow' },
      needs: 'approval_flow:read',
      reads: true,
      input: { content: f.json({ zh: '流程', en: 'Flow' }, { required: true }) },
    },
    {
      name: 'approval.flows',
      label: { zh: '流程一览', en: 'Flows' },
      needs: 'approval_flow:read',
      reads: true,
    },
  ],
  menu: {
    under: 'collaboration',
    order: 5,
    icon: 'approval',
    items: [
      { page: 'inbox', label: { zh: '我的审批', en: 'My approvals' } },
      { entity: 'approval_absence', label: { zh: '审批代理', en: 'Absences' } },
      { page: 'flows', label: { zh: '审批流程', en: 'Approval flows' }, needs: 'approval_flow' },
    ],
  },
})
