/* 代表随手记：一页离线网页。记在手机里，用文件或二维码交给人大办公室。不联网。 */
(function () {
  'use strict';

  var desk = JSON.parse(document.getElementById('desk').textContent);
  var BASE = 'deputydesk-pocket-' + desk.office + '-', SHELF = 'kept';
  var PIECE = 300, PRIME = 9973, PHOTO = 100 * 1024;
  var DIGITS = [0, 3, 5, 8, 10, 13, 15];
  var PACES = [3, 5, 8, 2, 0];

  function el(id) { return document.getElementById(id); }

  /* ---------------------------------------------------------- what is kept */

  /* In memory, and the same in the browser's database. Not in localStorage: what a page opened as a
     file writes there, Chromium 156 does not always find again at the next opening. */
  var kept = {}, base = null;

  function openKept(then) {
    var asked, isDone = false;
    function done(found) {
      if (isDone) { return; }
      isDone = true;
      base = found;
      read(then);
    }
    try {
      asked = indexedDB.open(BASE + 'notes', 1);
    } catch (error) {
      done(null);
      return;
    }
    asked.onupgradeneeded = function () { asked.result.createObjectStore(SHELF); };
    asked.onsuccess = function () { done(asked.result); };
    asked.onerror = function () { done(null); };
    window.setTimeout(function () { done(null); }, 5000);
  }

  /* Another tab may have written since. */
  function read(then) {
    if (!base) { then(); return; }
    var found = {}, work = base.transaction(SHELF, 'readonly');
    work.objectStore(SHELF).openCursor().onsuccess = function (event) {
      var row = event.target.result;
      if (row) { found[row.key] = row.value; row.continue(); }
    };
    work.oncomplete = function () { kept = found; then(); };
    work.onabort = then;
  }

  function get(key) { return kept[key] || null; }

  /* All of the changes or none of them: by key, null to remove. Then: whether it is kept. */
  function keep(changes, then) {
    var keys = Object.keys(changes), isOver = false, work, shelf;
    function done() {
      keys.forEach(function (key) {
        if (changes[key] === null) { delete kept[key]; } else { kept[key] = changes[key]; }
      });
      then(true);
    }
    function failed() { if (!isOver) { isOver = true; then(false); } }
    if (!base) { done(); return; }
    try {
      work = base.transaction(SHELF, 'readwrite', { durability: 'strict' });
      work.oncomplete = done;
      work.onabort = failed;
      shelf = work.objectStore(SHELF);
      keys.forEach(function (key) {
        if (changes[key] === null) { shelf.delete(key); } else { shelf.put(changes[key], key); }
      });
    } catch (error) {
      try { work.abort(); } catch (none) { /* it never began, or is over already */ }
      failed();
    }
  }

  function deputy() {
    var chosen = desk.deputies.length === 1 ? desk.deputies[0].id : get('deputy');
    return desk.deputies.filter(function (one) { return one.id === chosen; })[0] || null;
  }

  function mine() {
    var me = deputy();
    return Object.keys(kept).filter(function (key) { return key.indexOf('note-') === 0; })
      .map(function (key) { return kept[key]; })
      .filter(function (note) { return me && note.deputy === me.id; });
  }

  function drop(notes, then) {
    var changes = {};
    notes.forEach(function (note) { changes['note-' + note.id] = changes['photo-' + note.id] = null; });
    keep(changes, then);
  }

  /* The time in front, as the office's own record numbers have it; the rest by chance. */
  function newId() {
    var chance = new Uint8Array(10), hex = Date.now().toString(16), i;
    crypto.getRandomValues(chance);
    while (hex.length < 12) { hex = '0' + hex; }
    chance[0] = (chance[0] & 15) | 112;
    chance[2] = (chance[2] & 63) | 128;
    for (i = 0; i < 10; i += 1) { hex += (chance[i] + 256).toString(16).slice(1); }
    return hex;
  }

  function two(number) { return (number < 10 ? '0' : '') + number; }

  function today() {
    var now = new Date();
    return now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate());
  }

  function isOpen(note) { return note.handed !== note.rev; }

  /* ---------------------------------------------------------- views */

  var VIEWS = ['who', 'list', 'edit', 'hand', 'codes'];
  var at = '', editing = null, photo = '';

  function show(view) {
    at = view;
    VIEWS.forEach(function (name) { el(name).hidden = name !== view; });
    el('back').hidden = view === 'list' || view === 'who';
    el('bar').hidden = view !== 'list';
    window.scrollTo(0, 0);
    var me = deputy(), titles = {
      who: '代表随手记', list: '代表随手记', edit: editing && editing.rev ? '修改' : '记一次接待',
      hand: '交给人大办公室', codes: '请扫码'
    };
    el('title').textContent = titles[view];
    el('subtitle').textContent = me ? me.name + ' · ' + desk.name : desk.name;
  }

  function say(text, good) {
    el('notice').textContent = text;
    el('notice').className = good ? 'notice good' : 'notice';
    el('notice').hidden = !text;
  }

  function tell(text) {
    say(text, true);
    window.setTimeout(function () { if (el('notice').textContent === text) { welcome(); } }, 4000);
  }

  function after(text) {
    return function (isKept) {
      home();
      if (isKept) { tell(text); } else { say('手机没有存下这次改动，请再点一次。'); }
    };
  }

  function welcome() {
    say(base ? '' : '这个浏览器不保存内容，关掉就没有了：请记完马上交，或换一个浏览器打开。');
  }

  function home() {
    if (!deputy()) { listNames(''); show('who'); return; }
    listNotes();
    show('list');
  }

  function choose(id) {
    keep({ deputy: id }, function () { kept.deputy = id; home(); });
  }

  function listNames(wanted) {
    var box = el('whoList');
    box.textContent = '';
    desk.deputies.filter(function (one) { return one.name.indexOf(wanted) >= 0; })
      .slice(0, 60)
      .forEach(function (one) {
        var made = document.createElement('button'), where = document.createElement('span');
        made.type = 'button';
        made.textContent = one.name;
        where.textContent = one.home;
        made.appendChild(where);
        made.addEventListener('click', function () { choose(one.id); });
        box.appendChild(made);
      });
  }

  function listNotes() {
    var box = el('notes'), notes = mine();
    notes.sort(function (a, b) { return a.date < b.date || (a.date === b.date && a.id < b.id) ? 1 : -1; });
    box.textContent = '';
    notes.forEach(function (note) { box.appendChild(noteButton(note)); });
    el('empty').hidden = notes.length > 0;
    el('change').hidden = desk.deputies.length === 1;
    var open = notes.filter(isOpen).length;
    el('handOver').textContent = open ? '交给人大办公室（' + open + ' 条没交）' : '交给人大办公室';
    el('handOver').disabled = notes.length === 0;
    el('bar').style.opacity = notes.length ? 1 : 0.45;
  }

  function noteButton(note) {
    var made = document.createElement('button'), state = document.createElement('span');
    var head = document.createElement('strong'), line = document.createElement('span');
    made.type = 'button';
    made.className = 'note';
    state.className = 'state ' + (!note.handed ? 'open' : isOpen(note) ? 'changed' : 'done');
    state.textContent = !note.handed ? '没交' : isOpen(note) ? '交后改过' : '已交';
    head.textContent = note.matter;
    line.textContent = [note.date, nameOf(desk.channels, note.channel), nameOf(desk.homes, note.home),
      note.voter, note.photo ? '有照片' : ''].filter(Boolean).join(' · ');
    made.appendChild(state);
    made.appendChild(head);
    made.appendChild(line);
    made.addEventListener('click', function () { edit(note); });
    return made;
  }

  function nameOf(list, id) {
    var found = list.filter(function (one) { return one.id === id; })[0];
    return found ? found.name : '';
  }

  /* ---------------------------------------------------------- one note */

  function fill(select, list, none) {
    select.textContent = '';
    (none ? [{ id: '', name: none }] : []).concat(list).forEach(function (one) {
      var option = document.createElement('option');
      option.value = one.id;
      option.textContent = one.name;
      select.appendChild(option);
    });
  }

  function edit(note) {
    var me = deputy();
    editing = note || { id: newId(), rev: 0, deputy: me.id, handed: 0 };
    photo = note && note.photo ? get('photo-' + note.id) || '' : '';
    el('date').value = editing.date || today();
    el('date').max = today();
    el('channel').value = editing.channel || get('channel') || desk.channels[0].id;
    el('home').value = note ? note.home : get('home') || me.home_id || '';
    ['matter', 'detail', 'voter', 'phone'].forEach(function (name) { el(name).value = editing[name] || ''; });
    el('remove').hidden = !note;
    el('remove').textContent = '删除这一条';
    el('matterError').hidden = true;
    el('photoError').hidden = true;
    el('camera').value = '';
    showPhoto();
    show('edit');
  }

  function showPhoto() {
    el('photo').hidden = !photo;
    el('dropPhoto').hidden = !photo;
    if (photo) { el('photo').src = photo; } else { el('photo').removeAttribute('src'); }
  }

  function fault(id, text) {
    el(id).textContent = text;
    el(id).hidden = !text;
  }

  function save() {
    var note = {
      id: editing.id, rev: editing.rev + 1, deputy: editing.deputy, handed: editing.handed,
      date: el('date').value, channel: el('channel').value, home: el('home').value,
      matter: el('matter').value.trim(), detail: el('detail').value.trim(),
      voter: el('voter').value.trim(), phone: el('phone').value.trim(), photo: Boolean(photo)
    };
    var wrong = !note.date ? '请选择日期。' : note.date > today() ? '日期不能晚于今天。'
      : !note.matter ? '请写反映事项，一句话就行。'
      : needsHome(note.channel) && !note.home ? '请选择代表之家。' : '';
    fault('matterError', wrong);
    if (wrong) { el('matterError').scrollIntoView({ block: 'center' }); return; }
    var changes = { channel: note.channel, home: note.home };
    changes['note-' + note.id] = note;
    changes['photo-' + note.id] = photo || null;
    keep(changes, function (isKept) {
      if (isKept) { home(); tell('已保存在手机里。'); return; }
      fault('photoError', '手机存不下了：请先把以前的记录交出去再删除' + (photo ? '，或去掉照片。' : '。'));
    });
  }

  function needsHome(channel) {
    return desk.channels.filter(function (one) { return one.id === channel && one.home; }).length > 0;
  }

  function remove() {
    if (el('remove').textContent !== '再点一次就删除') {
      el('remove').textContent = '再点一次就删除';
      return;
    }
    drop([editing], after('已删除。'));
  }

  /* A photo of at most 100 KB: smaller and smaller until it is. */
  function takePhoto(file) {
    var image = new Image(), url = URL.createObjectURL(file);
    fault('photoError', '');
    image.onload = function () {
      URL.revokeObjectURL(url);
      photo = shrunk(image);
      fault('photoError', photo ? '' : '这张照片不能缩小到合适的大小，请换一张。');
      showPhoto();
    };
    image.onerror = function () {
      URL.revokeObjectURL(url);
      fault('photoError', '这个文件不是图片，请重新选择。');
    };
    image.src = url;
  }

  function shrunk(image) {
    var canvas = document.createElement('canvas'), side, quality, scale, made;
    for (side = 1600; side >= 320; side *= 0.75) {
      scale = Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight));
      canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
      canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      for (quality = 0.82; quality > 0.45; quality -= 0.12) {
        made = canvas.toDataURL('image/jpeg', quality);
        if ((made.length - 23) * 0.75 <= PHOTO) { return made; }
      }
    }
    return '';
  }

  /* ---------------------------------------------------------- handing over */

  function toHand() {
    return mine().filter(function (note) { return el('all').checked || isOpen(note); });
  }

  function hand() {
    welcome();
    var notes = mine(), open = notes.filter(isOpen).length;
    el('all').checked = open === 0;
    el('text').hidden = true;
    el('clear').hidden = !notes.some(function (note) { return !isOpen(note); });
    el('clear').textContent = '删除已经交过的记录';
    countHand();
    show('hand');
  }

  function countHand() {
    var notes = toHand(), photos = notes.filter(function (note) { return note.photo; }).length;
    el('handLead').textContent = notes.length ? '这次交 ' + notes.length + ' 条。' : '没有要交的记录。';
    el('noPhotos').textContent = photos ? '照片（' + photos + ' 张）二维码放不下，请另存成文件交。' : '';
    ['asFile', 'asText', 'asCodes', 'done'].forEach(function (id) { el(id).disabled = !notes.length; });
  }

  function bundle(withPhotos) {
    return JSON.stringify({
      deputydesk: 'pocket', version: 1, office: desk.office, made: new Date().toISOString(),
      notes: toHand().map(function (note) {
        var one = {
          id: note.id, rev: note.rev, deputy: note.deputy, date: note.date, channel: note.channel,
          home: note.home, matter: note.matter, detail: note.detail, voter: note.voter, phone: note.phone
        };
        if (withPhotos && note.photo) { one.photo = get('photo-' + note.id) || ''; }
        return one;
      })
    });
  }

  function asFile() {
    var link = document.createElement('a'), me = deputy();
    var blob = new Blob([bundle(true)], { type: 'application/json' });
    link.href = URL.createObjectURL(blob);
    link.download = '代表随手记-' + me.name + '-' + today().replace(/-/g, '') + '-' + toHand().length + '条.json';
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    say('文件“' + link.download + '”存在手机的“下载”里。', true);
  }

  function asText() {
    el('text').value = bundle(true);
    el('text').hidden = false;
    el('text').focus();
    el('text').select();
    var copied = false;
    try { copied = document.execCommand('copy'); } catch (error) { copied = false; }
    say(copied ? '已复制，可以粘贴到别处。' : '请长按下面的文字，全选后复制。', copied);
  }

  function markDone() {
    var changes = {};
    toHand().forEach(function (note) {
      changes['note-' + note.id] = Object.assign({}, note, { handed: note.rev });
    });
    keep(changes, after('已标记为已交。'));
  }

  function clearDone() {
    if (el('clear').textContent !== '再点一次就删除') {
      el('clear').textContent = '再点一次就删除';
      return;
    }
    drop(mine().filter(function (note) { return !isOpen(note); }), after('已删除交过的记录。'));
  }

  /* ---------------------------------------------------------- codes */

  function bytesOf(text) {
    var plain = unescape(encodeURIComponent(text)), bytes = [], i;
    for (i = 0; i < plain.length; i += 1) { bytes.push(plain.charCodeAt(i)); }
    return bytes;
  }

  function crc32(bytes) {
    var crc = 0xFFFFFFFF, i, k;
    for (i = 0; i < bytes.length; i += 1) {
      crc ^= bytes[i];
      for (k = 0; k < 8; k += 1) { crc = crc & 1 ? (crc >>> 1) ^ 0xEDB88320 : crc >>> 1; }
    }
    return (crc ^ 0xFFFFFFFF) >>> 0;
  }

  function padded(number, digits) {
    var text = String(number);
    while (text.length < digits) { text = '0' + text; }
    return text;
  }

  /* Six bytes are fifteen digits: a scanner types digits through any input method. */
  function digitsOf(bytes) {
    var text = '', i, k, number, group;
    for (i = 0; i < bytes.length; i += 6) {
      group = bytes.slice(i, i + 6);
      number = 0;
      for (k = 0; k < group.length; k += 1) { number = number * 256 + group[k]; }
      text += padded(number, DIGITS[group.length]);
    }
    return text;
  }

  function checkOf(digits) {
    var rest = 0, i;
    for (i = 0; i < digits.length; i += 1) { rest = (rest * 10 + Number(digits[i])) % PRIME; }
    return padded(rest, 4);
  }

  function series(text) {
    var bytes = bytesOf(text), total = Math.max(1, Math.ceil(bytes.length / PIECE)), codes = [], n, body;
    if (total > 999) { return []; }
    for (n = 0; n < total; n += 1) {
      body = '2801' + padded(crc32(bytes), 10) + padded(total, 3) + padded(n + 1, 3) +
        digitsOf(bytes.slice(n * PIECE, (n + 1) * PIECE));
      codes.push(body + checkOf(body));
    }
    return codes;
  }

  var codes = [], place = 0, pace = 0, timer = 0, isPaused = false;

  function asCodes() {
    codes = series(bundle(false));
    if (!codes.length) { say('内容太多，二维码放不下，请存成文件交。'); return; }
    place = 0;
    isPaused = false;
    say('');
    show('codes');
    draw();
    run();
  }

  function draw() {
    var code = qrcode(0, 'M'), canvas = el('code'), count, unit, size, pen, row, column;
    code.addData(codes[place], 'Numeric');
    code.make();
    count = code.getModuleCount();
    size = Math.min(window.innerWidth - 24, window.innerHeight - 330, 560);
    unit = Math.max(2, Math.floor(size * (window.devicePixelRatio || 1) / (count + 8)));
    canvas.width = canvas.height = unit * (count + 8);
    canvas.style.width = canvas.style.height = canvas.width / (window.devicePixelRatio || 1) + 'px';
    pen = canvas.getContext('2d');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#000';
    for (row = 0; row < count; row += 1) {
      for (column = 0; column < count; column += 1) {
        if (code.isDark(row, column)) { pen.fillRect((column + 4) * unit, (row + 4) * unit, unit, unit); }
      }
    }
    el('codeNumber').textContent = '第 ' + (place + 1) + ' 张，共 ' + codes.length + ' 张';
    el('pause').textContent = isPaused ? '继续' : '暂停';
    el('pace').textContent = PACES[pace] ? '每张 ' + PACES[pace] + ' 秒（点这里改）' : '手动翻页（点这里改）';
    el('pause').hidden = codes.length === 1 || !PACES[pace];
    el('pace').hidden = codes.length === 1;
    el('before').hidden = el('next').hidden = codes.length === 1;
  }

  function run() {
    window.clearInterval(timer);
    timer = 0;
    if (PACES[pace] && codes.length > 1) {
      timer = window.setInterval(function () { if (!isPaused && at === 'codes') { turn(1); } }, PACES[pace] * 1000);
    }
  }

  function turn(by) {
    place = (place + by + codes.length) % codes.length;
    draw();
  }

  /* ---------------------------------------------------------- begin */

  function on(id, what, slot) { el(id).addEventListener(what, slot); }

  on('add', 'click', function () { edit(null); });
  on('back', 'click', function () {
    window.clearInterval(timer);
    if (at === 'codes') { hand(); } else { welcome(); home(); }
  });
  on('change', 'click', function () { choose(''); });
  on('whoFind', 'input', function () { listNames(el('whoFind').value.trim()); });
  on('form', 'submit', function (event) { event.preventDefault(); save(); });
  on('remove', 'click', remove);
  on('camera', 'change', function () { if (el('camera').files[0]) { takePhoto(el('camera').files[0]); } });
  on('matter', 'input', function () { fault('matterError', ''); });
  on('dropPhoto', 'click', function () { photo = ''; el('camera').value = ''; showPhoto(); });
  on('handOver', 'click', hand);
  on('all', 'change', countHand);
  on('asFile', 'click', asFile);
  on('asText', 'click', asText);
  on('asCodes', 'click', asCodes);
  on('done', 'click', markDone);
  on('clear', 'click', clearDone);
  on('before', 'click', function () { run(); turn(-1); });
  on('next', 'click', function () { run(); turn(1); });
  on('pause', 'click', function () { isPaused = !isPaused; draw(); });
  on('pace', 'click', function () { pace = (pace + 1) % PACES.length; draw(); run(); });
  window.addEventListener('resize', function () { if (at === 'codes') { draw(); } });

  fill(el('channel'), desk.channels, '');
  fill(el('home'), desk.homes, '（不在代表之家）');
  document.addEventListener('visibilitychange', function () {
    if (!document.hidden && at === 'list') { read(home); }
  });
  openKept(function () { welcome(); home(); });
}());
