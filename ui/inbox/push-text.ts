// Texts of push: each state says the way out of it.
import { words } from '../text/words.ts'

export const pushText = words({
  here: { zh: '在此设备接收推送', en: 'Push to this device' },
  detail: {
    zh: '没有打开营造也会在此设备上提醒您。内容在途中是加密的，只写您当时有权看的。',
    en: 'You are told on this device also while Yingzao is closed. What is sent is encrypted, and holds only what you may see at that moment.',
  },
  isOn: { zh: '已开启，可发一条测试消息试试', en: 'Switched on: send a test message to try it' },
  insecure: {
    zh: '推送需要 https 地址（本机 localhost 除外）。请管理员配置证书，再用 https 地址打开营造。',
    en: 'Push needs an https address (or localhost on this machine). Ask the administrator for a certificate and open Yingzao by https.',
  },
  home_screen: {
    zh: '在 iPhone 和 iPad 上，请先在 Safari 里点“分享”→“添加到主屏幕”，从主屏幕打开营造，再到这里开启。',
    en: 'On an iPhone or iPad: press Share → Add to Home Screen in Safari, open Yingzao from the home screen, and switch it on here.',
  },
  unsupported: {
    zh: '此浏览器不支持推送，请使用新版的 Edge、Firefox、Chrome 或 Safari。',
    en: 'This browser knows no push: use a current Edge, Firefox, Chrome or Safari.',
  },
  denied: {
    zh: '浏览器不允许营造发通知。请点地址栏左侧的图标，把“通知”改为“允许”（手机在系统设置的“通知”里），再刷新本页。',
    en: 'The browser forbids notifications here. Press the icon left of the address, set Notifications to Allow (on a phone in its settings under Notifications), and reload this page.',
  },
  dismissed: {
    zh: '浏览器的询问没有得到“允许”，推送未开启。请再按一次开关。',
    en: 'The browser’s question was not answered with Allow, so push is off. Press the switch again.',
  },
  unreachable: {
    zh: '浏览器连不上它自己的推送服务。Chrome 用的是 Google 的服务，在中国大陆通常连不上：请改用 Edge、Firefox 或 Safari。',
    en: 'The browser cannot reach its own push service. Chrome’s is Google’s and often blocked by networks: use Edge, Firefox or Safari, or ask the administrator.',
  },
  thisDevice: { zh: '此设备', en: 'this device' },
  used: { zh: '最近推送 {time}', en: 'last pushed {time}' },
  neverUsed: { zh: '还没有推送过', en: 'nothing pushed yet' },
  test: { zh: '发测试消息', en: 'Send a test' },
  tested: {
    zh: '已交给推送服务，几秒内会出现在该设备上',
    en: 'Handed to the push service: it shows on that device in seconds',
  },
  gone: {
    zh: '该设备的浏览器已取消推送，已从列表移除。请在该设备上重新开启。',
    en: 'That browser has given up push and was removed from the list. Switch it on there again.',
  },
  later: {
    zh: '推送服务现在没有应答。请稍后再试；一直如此，请管理员检查服务器能否访问外网。',
    en: 'The push service does not answer now. Try again later; if it stays so, the administrator checks whether the server reaches the internet.',
  },
  refused: {
    zh: '推送服务拒绝了消息（{status}）。请在该设备上关闭推送后重新开启。',
    en: 'The push service refused the message ({status}). Switch push off and on again on that device.',
  },
  remove: { zh: '移除', en: 'Remove' },
})
