// 清单科目对应: which cost item bill items of a code belong to, by how their code begins. Remembered from import to import.
import { allow, entity, f, table } from '@yingzao/kernel/entity'

export const billMapping = entity('bill_mapping', {
  label: { zh: '清单科目对应', en: 'Bill code to cost item' },
  title: 'prefix',
  fields: {
    prefix: f.text(
      { zh: '编码开头', en: 'Code begins with' },
      {
        ...{ required: true, unique: true, max: 40, indexed: true, pattern: '^[0-9A-Za-z]{1,40}$' },
        hint: {
          zh: '如 0101；越长越优先。无编码的措施、其他项目用 measure、other',
          en: 'Such as 0101; the longest counts. Without codes: measure, other',
        },
      },
    ),
    item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { required: true, where: 'leaf and active' }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
  },
  access: [
    allow('cost_engineer', 'read create update delete export import'),
    allow('pmo', 'read export'),
    allow('boss', 'read'),
  ],
  views: { list: table('prefix item note', { sort: 'prefix' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    bill_mapping: typeof billMapping
  }
}
