// What a caller reads when the request itself is at fault.
import type { Label } from '@yingzao/kernel/entity'

export const httpMessages: Readonly<Record<string, Label>> = {
  'http.not_found': { zh: '没有这个地址，请查看 /api/docs', en: 'There is nothing at this address: see /api/docs' },
  'http.unknown_entity': {
    zh: '没有名为 {entity} 的对象，请查看 /api/docs 中的清单',
    en: 'There is no entity {entity}: see the list in /api/docs',
  },
  'push.off': {
    zh: '本系统未开启推送，请管理员查看 YINGZAO_PUSH',
    en: 'This installation does not push: the administrator finds YINGZAO_PUSH',
  },
  'push.endpoint': {
    zh: '推送地址应为浏览器推送服务的 https 地址，请在浏览器里重新开启推送',
    en: 'The address must be https at a browser’s push service: switch push on again in the browser',
  },
  'push.keys': {
    zh: '浏览器给出的推送密钥不正确，请在浏览器里重新开启推送',
    en: 'The keys are none of a browser’s subscription: switch push on again in the browser',
  },
  'push.many': {
    zh: '最多 {most} 台设备，请先移除不再使用的',
    en: 'At most {most} devices: remove those no longer used first',
  },
  'http.bad_json': {
    zh: '请求内容不是有效的 JSON（{reason}）',
    en: 'The request body is not valid JSON ({reason})',
  },
  'http.json_deep': {
    zh: 'JSON 嵌套超过 {depth} 层，请简化',
    en: 'The JSON nests deeper than {depth} levels: flatten it',
  },
  'http.nul': { zh: '文本中不能有空字符 U+0000', en: 'Text must not hold the character U+0000' },
  'http.too_large': {
    zh: '请求内容超过 {limit} 字节，请分批提交',
    en: 'The request body exceeds {limit} bytes: send it in parts',
  },
  'http.media_type': {
    zh: '不支持的内容类型 {type}，请使用 application/json',
    en: 'Content type {type} is not supported: use application/json',
  },
  'http.invalid': { zh: '请求格式不正确：{reason}', en: 'The request has a wrong shape: {reason}' },
  'http.if_match_required': {
    zh: '请在 If-Match 头中写明所依据的版本，例如 "3"',
    en: 'Say in the If-Match header which version you changed, such as "3"',
  },
  'http.if_match_invalid': {
    zh: 'If-Match 应为带引号的版本号，例如 "3"',
    en: 'If-Match must be a quoted version such as "3"',
  },
  'http.idempotency_key': {
    zh: 'Idempotency-Key 应为 1–200 个可见 ASCII 字符',
    en: 'Idempotency-Key must be 1–200 visible ASCII characters',
  },
  'http.method': { zh: '此地址不支持 {method}', en: 'This address does not answer to {method}' },
  'job.over': { zh: '任务已经结束，不能取消', en: 'The job is over and cannot be cancelled' },
  'http.timeout': { zh: '请求超时，请重试', en: 'The request took too long: try again' },
  'http.starting': { zh: '系统正在启动，请稍候', en: 'The system is starting: try again in a moment' },
  'http.database_away': {
    zh: '数据库暂时连接不上，请稍后重试',
    en: 'The database cannot be reached at the moment: try again soon',
  },
  'http.bug': {
    zh: '系统出错了，已记录。请把编号 {request_id} 告诉管理员',
    en: 'Something broke and was logged: tell your administrator the number {request_id}',
  },
}
