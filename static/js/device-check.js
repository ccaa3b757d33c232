// <device-check>: tries what a tablet can do, one after the other, when its button is pressed. Nothing is sent or kept.
const WAITS = 15000

const TRIES = {
  camera: () => opened({ video: true }),
  microphone: () => opened({ audio: true }),
  storage: () => stored(),
  position: () => located(),
  network: () => reached(),
}

async function opened(wish) {
  const stream = await navigator.mediaDevices.getUserMedia(wish)
  for (const track of stream.getTracks()) track.stop()
}

function located() {
  const within = { timeout: WAITS }
  return new Promise((done, failed) => navigator.geolocation.getCurrentPosition(done, failed, within))
}

function stored() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open('device-check', 1)
    asked.onerror = () => failed(asked.error)
    asked.onsuccess = () => {
      asked.result.close()
      indexedDB.deleteDatabase('device-check')
      done()
    }
  })
}

async function reached() {
  const answer = await fetch('/healthz', { cache: 'no-store' })
  if (!answer.ok) throw new Error(`${answer.status}`)
}

class DeviceCheck extends HTMLElement {
  connectedCallback() {
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.find('try').hidden = false
    this.find('try').addEventListener('click', () => this.try())
  }

  async try() {
    for (const [name, works] of Object.entries(TRIES)) {
      this.find(name).textContent = this.dataset.asks
      this.find(name).textContent = await this.says(works)
    }
  }

  async says(works) {
    try {
      await works()
      return this.dataset.yes
    } catch {
      return this.dataset.no
    }
  }
}
customElements.define('device-check', DeviceCheck)
