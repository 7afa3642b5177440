// What the kernel's refusals say, in both languages, with the next step. `{name}` is replaced by the value.
import type { Label } from '@yingzao/kernel/entity'

export const kernelMessages: Readonly<Record<string, Label>> = {
  'record.not_found': {
    zh: '这条记录不存在，或您无权查看。请返回列表刷新',
    en: 'There is no such record, or you may not see it. Go back to the list and refresh',
  },
  'record.unknown_entity': {
    zh: '没有“{entity}”这种数据，请检查地址',
    en: 'There is nothing called “{entity}”: check the address',
  },
  'record.stale': {
    zh: '您编辑期间，这条记录已被他人修改。请核对他的修改后再保存',
    en: 'Somebody changed this record while you were editing. Look at the change, then save again',
  },
  'record.exists': {
    zh: '这个编号（id）已有内容不同的记录。请换一个新的 id 再提交',
    en: 'A different record with this id exists already. Send it again with a new id',
  },
  'record.invalid': {
    zh: '有 {count} 处填写有误，请按提示修改',
    en: '{count} entries need correction: see the notes beside them',
  },
  'record.in_use': {
    zh: '仍被“{entity}”引用，不能删除。请先解除引用，或改为停用',
    en: 'Still used by “{entity}”, so it cannot be deleted. Remove those uses first, or deactivate it',
  },
  'record.whole_deleted': {
    zh: '它所属的“{entity}”还在回收站里。请先恢复“{entity}”，它会一起回来',
    en: 'The {entity} it belongs to is still in the recycle bin. Restore that first: this one comes back with it',
  },
  'record.frozen': {
    zh: '单据已提交，不能直接修改。请撤回后再改，或红冲后重开',
    en: 'This document has been submitted and cannot be edited. Withdraw it first, or reverse it and make a new one',
  },
  'field.required': { zh: '必填', en: 'Required' },
  'field.unknown': { zh: '没有这个字段，或您无权填写', en: 'There is no such field, or you may not fill it' },
  'field.read_only': { zh: '由系统填写，不能修改', en: 'Filled by the system and cannot be written' },
  'field.type': { zh: '格式不正确，应为{expected}', en: 'Wrong format: expected {expected}' },
  'field.too_long': { zh: '最多 {max} 个字符', en: 'At most {max} characters' },
  'field.pattern': { zh: '格式不符合要求', en: 'Does not have the required form' },
  'field.min': { zh: '不能小于 {min}', en: 'Must not be less than {min}' },
  'field.max': { zh: '不能大于 {max}', en: 'Must not be more than {max}' },
  'field.scale': { zh: '最多 {scale} 位小数', en: 'At most {scale} digits behind the point' },
  'field.option': { zh: '不在可选范围内，请重新选择', en: 'Not one of the choices: choose again' },
  'field.reference': {
    zh: '所选记录不存在或已删除，请重新选择',
    en: 'What is chosen here does not exist any more: choose again',
  },
  'field.unique': { zh: '已被使用，请换一个', en: 'Already in use: choose another' },
  'field.lines_few': { zh: '至少 {min} 行', en: 'At least {min} lines' },
  'field.lines_many': { zh: '最多 {max} 行', en: 'At most {max} lines' },
  'field.circle': {
    zh: '上级不能是自己或自己的下级，请另选',
    en: 'A record cannot be below itself: choose another parent',
  },
  'access.denied': {
    zh: '您没有此项权限（{function}）。如有需要请联系管理员',
    en: 'You may not do this ({function}). Ask an administrator if you need it',
  },
  'access.unknown_entity': {
    zh: '没有“{entity}”这种数据，无法授权。请重新选择对象',
    en: 'There is nothing called “{entity}” to grant: choose again',
  },
  'access.unknown_function': {
    zh: '“{entity}”没有功能“{value}”。请刷新页面后重新勾选',
    en: '“{entity}” has no function “{value}”: reload the page and choose again',
  },
  'access.unknown_field': {
    zh: '“{entity}”没有字段或字段组“{value}”。请刷新页面后重新选择',
    en: '“{entity}” has no field or group “{value}”: reload the page and choose again',
  },
  'access.unknown_right': {
    zh: '没有“{value}”这种字段权限，可选 hidden、masked、read、edit',
    en: 'There is no field right “{value}”: choose hidden, masked, read or edit',
  },
  'access.scope': {
    zh: '“{entity}”的数据不分这种范围（{value}）。请改选其他范围',
    en: 'Records of “{entity}” have no such scope ({value}): choose another',
  },
  'access.last_administrator': {
    zh: '这样改之后，将没有人能再管理权限。请先让另一位在职人员在总公司担任系统管理员',
    en: 'After this nobody could administer rights any more. First let another active person be administrator at the root company',
  },
  'access.field': {
    zh: '您无权修改：{fields}。请联系管理员',
    en: 'You may not change: {fields}. Ask an administrator',
  },
  'access.place': {
    zh: '您在所选的公司、部门或项目没有此项权限，请另选',
    en: 'You do not have this right at the chosen company, department or project: choose another',
  },
  'query.field': { zh: '不能按“{field}”筛选、排序或统计', en: '“{field}” cannot be used to filter, sort or count' },
  'query.sort': {
    zh: '数据量较大，只能按已建索引的字段排序，“{field}”不可用',
    en: 'There are too many rows to sort by “{field}”: choose a field with an index',
  },
  'query.filter': { zh: '“{field}”的筛选条件不正确', en: 'The filter on “{field}” is not understood' },
  'query.where': {
    zh: '条件表达式有误（第 {at} 个字符）：{reason}',
    en: 'The condition is wrong at character {at}: {reason}',
  },
  'query.cursor': {
    zh: '翻页位置已失效，请从第一页重新开始',
    en: 'The place in the list is no longer valid: start from the first page',
  },
  'query.limit': { zh: '每页最多 {max} 条', en: 'At most {max} rows a page' },
  'metric.unknown': {
    zh: '没有名为“{name}”的指标，请刷新页面',
    en: 'There is no metric “{name}”: reload the page',
  },
  'metric.dimension': {
    zh: '这个指标不能按“{name}”查看，请换一个维度',
    en: 'This metric has no dimension “{name}”: choose another',
  },
  'metric.day': {
    zh: '截止日期应为 2026-09-30 这样的日期',
    en: 'Give a day such as 2026-09-30',
  },
  'metric.value': {
    zh: '“{name}”的取值不对，请从列表中选择',
    en: 'This is no value of “{name}”: give the id of a record, or a day such as 2026-09-30',
  },
  'query.groups': {
    zh: '分组超过 {max} 个，请缩小范围或减少分组字段',
    en: 'More than {max} groups: narrow the question or group by fewer fields',
  },
  'query.timeout': {
    zh: '查询超过 {seconds} 秒仍未完成，已停止。请加筛选条件缩小范围，或改用已建索引的字段筛选和排序',
    en: 'This took longer than {seconds} seconds and was stopped. Narrow it by a filter, or filter and sort by fields with an index',
  },
  'verb.unknown': { zh: '没有“{verb}”这个操作', en: 'There is no action “{verb}”' },
  'verb.not_now': {
    zh: '当前状态下不能执行“{verb}”，请刷新查看最新状态',
    en: '“{verb}” is not possible in the present state: refresh to see it',
  },
  'idempotency.reused': {
    zh: '同一幂等键（Idempotency-Key）已用于另一个请求，请更换',
    en: 'This idempotency key was used for another request: use a new one',
  },
  'secret.no_key': {
    zh: '尚未配置加密密钥，不能保存敏感字段。请管理员配置后重试',
    en: 'No encryption key is set up, so sensitive fields cannot be saved. Ask the administrator to set one up',
  },
  'audit.not_sealed': {
    zh: '最近的修改尚未封存，请稍后重试；若持续出现，请检查服务是否正常运行',
    en: 'The latest changes are not sealed yet: try again in a moment, and check the server if it persists',
  },
  'document.upstream': {
    zh: '所依据的“{entity}”尚未生效，或已作废、红冲、关闭。请更换或等待其生效后再提交',
    en: 'The “{entity}” this builds on is not effective (yet, or any more). Choose another, or submit when it is',
  },
  'document.not_reversible': {
    zh: '这张单据不能红冲或作废。红冲单本身有误时，请重新开单',
    en: 'This document cannot be reversed or voided. If a reversal was wrong, write a new document',
  },
  'document.over_reversed': {
    zh: '红冲数量超过原单剩余数量，请减少后重试',
    en: 'This takes back more than is left of the original: reduce it and try again',
  },
  'document.no_files': {
    zh: '此处不能附文件。请去掉签名和附件后再试',
    en: 'Files cannot be kept here. Try again without signature and files',
  },
  'document.nothing_left': {
    zh: '单据 {number} 已没有可红冲的数量',
    en: 'Nothing is left of {number} to take back',
  },
  'document.in_use': {
    zh: '已被“{entity}”引用，不能作废。请先处理下游单据，或改用红冲',
    en: 'A “{entity}” builds on it, so it cannot be voided. Undo that first, or reverse this document',
  },
  'document.void_nobody': {
    zh: '除您以外没有人可审批这次作废。请由其他有权的人提出作废',
    en: 'Nobody but you would approve this void. Let somebody else who may do so ask for it',
  },
  'document.moved': {
    zh: '“{ledger}”已记收付，不能作废。请改用红冲；款项要退回的，请登记退款',
    en: 'Money moved by it (“{ledger}”), so it cannot be voided. Reverse it; what has to be paid back is entered as a refund',
  },
  'document.month_closed': {
    zh: '所在月份 {month} 已结账，不能作废。请改用红冲（记入未结账月份），或申请反结账',
    en: 'Its month {month} is closed, so it cannot be voided. Reverse it instead, which counts in the open month, or have the month reopened',
  },
  'approval.nobody': {
    zh: '审批节点“{step}”没有可用的审批人。请联系管理员为其指定角色人员后再提交',
    en: 'Nobody can approve at “{step}”. Ask an administrator to give somebody the role, then submit again',
  },
  'approval.no_task': {
    zh: '您在这张单据上没有待办审批，可能已被他人处理。请刷新查看',
    en: 'There is nothing for you to approve here: somebody else may have done it. Refresh to see',
  },
  'access.own_approval': {
    zh: '这是您提交的单据，须由另一人审批。可催办审批人，或撤回修改',
    en: 'You submitted this, so somebody else approves it: remind them, or withdraw it to change it',
  },
  'approval.begun': {
    zh: '审批已开始，不能撤回。请联系审批人退回',
    en: 'Approval has begun, so it cannot be withdrawn. Ask an approver to return it',
  },
  'approval.reminded_lately': {
    zh: '您刚催办过，请在 {minutes} 分钟后再催',
    en: 'You reminded them a short while ago. Do so again in {minutes} minutes',
  },
  'approval.unsigned': {
    zh: '此审批节点须手写签名。请签名后再同意',
    en: 'This step asks for a signature. Sign, then approve',
  },
  'approval.no_escalation': {
    zh: '此审批流没有升级节点。请联系管理员在流程中设置升级审批人',
    en: 'This flow has no step to escalate to: ask an administrator to add one',
  },
  'approval.not_starter': {
    zh: '只有提交人可以这样做。请联系提交人',
    en: 'Only whoever submitted it may do this: ask them',
  },
  'approval.too_late': {
    zh: '后面的审批人已处理，不能取回。请联系现审批人退回',
    en: 'Somebody after you has acted, so it cannot be taken back. Ask whoever has it now to return it',
  },
  'approval.no_such_step': {
    zh: '不能退回到所选节点：它不在已审的路径上。请另选节点或退回发起人',
    en: 'It cannot be returned to that step, which was not passed on this way. Choose another, or return it to the starter',
  },
  'approval.already_asked': {
    zh: '所选人员已在本节点审批。请另选',
    en: 'That person is asked at this step already: choose somebody else',
  },
  'approval.no_self': {
    zh: '不能让提交人审批自己的单据。请另选',
    en: 'Whoever submitted it does not approve it: choose somebody else',
  },
  'approval.not_running': {
    zh: '审批已结束或已退回。请刷新查看',
    en: 'This approval has ended or was returned. Refresh to see',
  },
  'approval.own_absence': {
    zh: '只能为自己设置代理。请联系管理员为他人设置',
    en: 'You may set a stand-in for yourself only: ask an administrator for somebody else',
  },
  'approval.flow_unknown': {
    zh: '没有单据使用流程“{flow}”。请从单据的流程进入编辑',
    en: 'No document uses the flow “{flow}”: start from the flow of a document',
  },
  'approval.flow_form': {
    zh: '流程内容有误（{at}，应为 {reason}）。请在设计器中修改后再保存',
    en: 'The flow is not well formed at {at} (expected {reason}): correct it in the designer and save again',
  },
  'approval.flow_fault': {
    zh: '流程还不能发布，节点“{step}”：{reason}。请修改后再发布',
    en: 'The flow cannot be published yet, step “{step}”: {reason}. Correct it, then publish',
  },
  'approval.flow_published': {
    zh: '已发布的流程不能直接修改。请另存为新版本再发布',
    en: 'A published flow is not changed: save a new edition and publish that',
  },
  'job.not_found': {
    zh: '没有这个后台任务，或它不是您发起的',
    en: 'There is no such background job, or it is not yours',
  },
  'job.bug': {
    zh: '后台任务多次出错，已停止。请把任务编号告诉管理员查看日志',
    en: 'The job failed several times and was stopped. Give its number to an administrator, who can look at the log',
  },
  'job.gave_up': {
    zh: '后台任务启动 {attempts} 次均未完成，已停止。请联系管理员查看日志',
    en: 'The job was started {attempts} times and never ended. Ask an administrator to look at the log',
  },
  'batch.too_many': { zh: '一次最多提交 {max} 项', en: 'At most {max} operations at once' },
}
