// 打印模板: contents page. How forms are printed is arranged here; printing itself is the platform's.
import { defineModule, f } from '@yingzao/kernel/entity'
import { printTemplate } from './print-template.entity.ts'

const entity = f.text({ zh: '单据', en: 'Document' }, { required: true, max: 60 })

export default defineModule({
  name: 'print-template',
  label: { zh: '打印模板', en: 'Print templates' },
  needs: ['organisation'],
  entities: [printTemplate],
  actions: [
    {
      name: 'print_template.overview',
      label: { zh: '打印模板一览', en: 'Print templates' },
      needs: 'print_template:read',
      reads: true,
    },
    {
      name: 'print_template.declared',
      label: { zh: '系统自带版式', en: 'The declared form' },
      needs: 'print_template:read',
      reads: true,
      input: { entity, lang: f.text({ zh: '语言', en: 'Language' }, { required: true, max: 2 }) },
    },
    {
      name: 'print_template.preview',
      label: { zh: '预览', en: 'Preview' },
      needs: 'print_template:read',
      reads: true,
      input: {
        entity,
        record: f.text({ zh: '样例单据', en: 'Sample' }, { required: true, max: 36 }),
        content: f.json({ zh: '内容', en: 'Content' }, { required: true }),
        template: f.text({ zh: '模板', en: 'Template' }, { max: 36 }),
      },
    },
  ],
  refusals: {
    unknown: {
      zh: '没有可打印的“{entity}”，请从清单中选择',
      en: 'There is no “{entity}” to print: choose one of the list',
    },
    published: {
      zh: '已发布的版次不能修改，请另建一版再发布',
      en: 'A published edition is not changed: make the next one and publish it',
    },
    field: {
      zh: '模板 {at}：没有这个可打印的字段，请重新选择',
      en: 'Template, {at}: no such field to print. Choose another',
    },
    money: { zh: '模板 {at}：大写只能用于金额字段', en: 'Template, {at}: only an amount is written in capitals' },
    placeholder: {
      zh: '模板 {at}：大括号中的字段不存在，请改正',
      en: 'Template, {at}: the field in braces does not exist. Correct it',
    },
    empty: { zh: '模板 {at}：至少选择一列', en: 'Template, {at}: choose at least one column' },
    share: { zh: '模板 {at}：列宽应大于 0 且不超过 1000', en: 'Template, {at}: a width is above 0 and at most 1000' },
    many: { zh: '模板 {at}：项目太多，请删减', en: 'Template, {at}: too many items. Remove some' },
    long: { zh: '模板 {at}：文字太长，请缩短', en: 'Template, {at}: the text is too long. Shorten it' },
    shape: { zh: '模板 {at}：格式不对，请重新编辑该项', en: 'Template, {at}: malformed. Edit that item again' },
    value: { zh: '模板 {at}：取值不对，请重新选择', en: 'Template, {at}: not a valid choice. Choose again' },
    unknown_key: { zh: '模板 {at}：不认识的项，请删除', en: 'Template, {at}: unknown item. Remove it' },
    block: { zh: '模板 {at}：不认识的内容块，请删除', en: 'Template, {at}: unknown block. Remove it' },
  },
  menu: {
    under: 'system',
    order: 60,
    icon: 'print',
    items: [{ page: 'templates', label: { zh: '打印模板', en: 'Print templates' }, needs: 'print_template' }],
  },
})
