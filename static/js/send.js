// Sending a form with a photo by XHR, because fetch does not tell how far an upload is.

/** Post `data` to `url`; `onProgress(sent, total)`. Resolves to {status, answer}; status 0 means no network. */
export function send(url, data, onProgress) {
  return new Promise((done) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('Accept', 'application/json')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onload = () => done({ status: request.status, answer: request.response ?? {} })
    request.onerror = request.ontimeout = request.onabort = () => done({ status: 0, answer: {} })
    request.send(data)
  })
}
