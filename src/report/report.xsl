<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The page of a report.  It is given the tree that src/report/pagedoc.c makes: bounded,
     its texts cut and harmless, data in hex, w:timeline laid out, @left_out where
     something was not kept, @id wherever the page may link to.  Ids of the page itself begin
     with "page-". -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

 <xsl:output method="html" encoding="UTF-8" indent="no"/>
 <xsl:strip-space elements="*"/>

 <xsl:param name="style"/>
 <xsl:param name="style_hash"/>
 <xsl:param name="notice"/>
 <xsl:param name="changes" select="200"/>
 <xsl:param name="cells" select="300"/>
 <xsl:param name="rows" select="500"/>

 <xsl:key name="id" use="@id"
          match="w:input|w:series|w:snapshot|w:store|w:comparison|w:change|w:profile|w:diagnosis"/>
 <xsl:key name="profile" match="w:store/w:profile"
          use="concat(../../@id, '|', ../@path, '|', @name)"/>
 <xsl:key name="change" match="w:change"
          use="concat(../@id, '|', @store_path, '|', @profile)"/>
 <!-- By where a profile went; what is missing stayed as it was. -->
 <xsl:key name="target" match="w:change[@kind != 'default_changed']"
          use="concat(../@id, '|', @new_store_path,
                      substring(@store_path, 1 div not(@new_store_path)), '|', @new_name,
                      substring(@profile, 1 div not(@new_name)))"/>
 <xsl:key name="when" match="w:change[@kind = 'deleted']"
          use="concat(w:deletion/@at, '|', w:deletion/@earliest, '|', w:deletion/@latest)"/>
 <xsl:key name="went" match="w:remnants/w:profile[@deleted_at and not(@lives_on)]" use="@deleted_at"/>
 <xsl:key name="restored" match="w:change[@kind = 'deleted']"
          use="concat(w:restore/@outcome, '|', w:restore/@reason)"/>

 <xsl:variable name="report" select="/w:report"/>
 <xsl:variable name="sum" select="/w:report/w:summary"/>
 <xsl:variable name="lost" select="/w:report/w:series/w:comparison/w:change[@kind = 'deleted']"/>
 <xsl:variable name="found"
               select="/w:report/w:series/w:snapshot/w:remnants/w:profile[not(@lives_on)]"/>
 <xsl:variable name="single" select="not(/w:report/w:series/w:comparison)"/>

 <!-- ==== small things ==== -->

 <xsl:template name="words">
  <xsl:param name="code"/>
  <xsl:value-of select="translate($code, '_', ' ')"/>
 </xsl:template>

 <!-- "1 profile", "2 profiles" -->
 <xsl:template name="many">
  <xsl:param name="n"/>
  <xsl:param name="of"/>
  <xsl:value-of select="$n"/>
  <xsl:text> </xsl:text>
  <xsl:value-of select="$of"/>
  <xsl:if test="$n != 1">s</xsl:if>
 </xsl:template>

 <!-- "1 key, 2 values" -->
 <xsl:template name="keys_values">
  <xsl:call-template name="many">
   <xsl:with-param name="n" select="@keys"/>
   <xsl:with-param name="of" select="'key'"/>
  </xsl:call-template>
  <xsl:text>, </xsl:text>
  <xsl:call-template name="many">
   <xsl:with-param name="n" select="@values"/>
   <xsl:with-param name="of" select="'value'"/>
  </xsl:call-template>
 </xsl:template>

 <!-- To the second, for reading. -->
 <xsl:template name="time">
  <xsl:param name="at"/>
  <xsl:choose>
   <xsl:when test="string-length($at) &gt; 18">
    <time datetime="{substring($at, 1, 19)}Z">
     <xsl:value-of select="substring($at, 1, 10)"/>
     <xsl:text> </xsl:text>
     <xsl:value-of select="substring($at, 12, 8)"/>
     <xsl:text> UTC</xsl:text>
    </time>
   </xsl:when>
   <xsl:otherwise>no time</xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <!-- To the tick, for checking. -->
 <xsl:template name="exact">
  <xsl:param name="at"/>
  <span class="mono exact">
   <xsl:value-of select="translate($at, 'TZ', ' ')"/>
   <xsl:if test="$at"> UTC</xsl:if>
  </span>
 </xsl:template>

 <!-- Text of the evidence: what its letters do to the order ends with it. -->
 <xsl:template name="name">
  <xsl:param name="text"/>
  <xsl:choose>
   <xsl:when test="string($text) = ''"><span class="dim">(name lost)</span></xsl:when>
   <xsl:otherwise><bdi><xsl:value-of select="$text"/></bdi></xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <!-- Advice: an option is not torn apart at its hyphens. -->
 <xsl:template name="options">
  <xsl:param name="text"/>
  <xsl:variable name="option" select="substring-before(concat(substring-after($text, ' --'), ' '), ' ')"/>
  <xsl:choose>
   <xsl:when test="contains($text, ' --') and string-length($option) &lt; 24">
    <xsl:value-of select="concat(substring-before($text, ' --'), ' ')"/>
    <span class="option"><xsl:value-of select="concat('--', $option)"/></span>
    <xsl:call-template name="options">
     <xsl:with-param name="text" select="substring-after($text, concat(' --', $option))"/>
    </xsl:call-template>
   </xsl:when>
   <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <xsl:template name="link">
  <xsl:param name="to"/>
  <xsl:param name="text" select="$to"/>
  <xsl:choose>
   <xsl:when test="$to and key('id', $to)">
    <a href="#{$to}"><bdi><xsl:value-of select="$text"/></bdi></a>
   </xsl:when>
   <xsl:otherwise><bdi><xsl:value-of select="$text"/></bdi></xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <xsl:template name="file_of">
  <xsl:param name="input"/>
  <xsl:call-template name="link">
   <xsl:with-param name="to" select="$input"/>
   <xsl:with-param name="text" select="key('id', $input)/d:fileobject/d:filename"/>
  </xsl:call-template>
 </xsl:template>

 <!-- A word with a sign, so that colour is never all that tells. -->
 <xsl:template name="badge">
  <xsl:param name="word"/>
  <xsl:variable name="class">
   <xsl:choose>
    <xsl:when test="contains('|deleted|store_removed|recreated|error|not_met|gone|refused|differ|damaged|affected|', concat('|', $word, '|'))">bad</xsl:when>
    <xsl:when test="contains('|certain|whole|met|supported|written|ok|clean|agree|added|applied|fixed|', concat('|', $word, '|'))">good</xsl:when>
    <xsl:when test="contains('|possible|probable|partial|warning|unknown|modified|moved|renamed|dirty|left_out|unresolved|default_changed|', concat('|', $word, '|'))">warn</xsl:when>
    <xsl:otherwise>plain</xsl:otherwise>
   </xsl:choose>
  </xsl:variable>
  <span class="badge {$class}">
   <span aria-hidden="true">
    <xsl:choose>
     <xsl:when test="$word = 'added'">+ </xsl:when>
     <xsl:when test="$class = 'bad'">✕ </xsl:when>
     <xsl:when test="$class = 'good'">✓ </xsl:when>
     <xsl:when test="$word = 'unknown'">? </xsl:when>
     <xsl:when test="$class = 'warn'">△ </xsl:when>
     <xsl:otherwise>· </xsl:otherwise>
    </xsl:choose>
   </span>
   <xsl:call-template name="words"><xsl:with-param name="code" select="$word"/></xsl:call-template>
  </span>
 </xsl:template>

 <xsl:template name="left_out">
  <xsl:if test="@left_out">
   <p class="cut">
    <xsl:value-of select="@left_out"/>
    <xsl:text> more stand here in the XML report; the page leaves them out to stay readable.</xsl:text>
   </p>
  </xsl:if>
 </xsl:template>

 <xsl:template name="more">
  <xsl:param name="n"/>
  <xsl:param name="shown"/>
  <xsl:if test="$n &gt; $shown">
   <p class="cut">
    <xsl:text>Shown are </xsl:text>
    <xsl:value-of select="$shown"/>
    <xsl:text> of </xsl:text>
    <xsl:value-of select="$n"/>
    <xsl:text>; the XML report has them all.</xsl:text>
   </p>
  </xsl:if>
 </xsl:template>

 <!-- Where not every loss was kept, the numbers are of those that were. -->
 <xsl:template name="counted">
  <xsl:if test="count($lost) != $sum/@deleted">
   <p class="cut">
    <xsl:text>Counted here are the first </xsl:text>
    <xsl:value-of select="count($lost)"/>
    <xsl:text> of </xsl:text>
    <xsl:value-of select="$sum/@deleted"/>
    <xsl:text>; the XML report has them all.</xsl:text>
   </p>
  </xsl:if>
 </xsl:template>

 <xsl:template name="list_name">
  <xsl:param name="list"/>
  <xsl:param name="path"/>
  <xsl:choose>
   <xsl:when test="$list = 'profiles'">Profiles</xsl:when>
   <xsl:when test="$list = 'deleted_profiles'">Deleted Profiles</xsl:when>
   <xsl:otherwise>a list that is not known</xsl:otherwise>
  </xsl:choose>
  <xsl:choose>
   <xsl:when test="contains($path, '\Office\')"> of Office</xsl:when>
   <xsl:when test="contains($path, 'Windows Messaging Subsystem')"> of Windows Messaging Subsystem</xsl:when>
  </xsl:choose>
 </xsl:template>

 <!-- ==== the verdict ==== -->

 <xsl:template name="verdict">
  <xsl:choose>
   <xsl:when test="not($sum)">This report has no summary</xsl:when>
   <xsl:when test="$single">
    <xsl:call-template name="many">
     <xsl:with-param name="n" select="$sum/@profiles_after"/>
     <xsl:with-param name="of" select="'profile'"/>
    </xsl:call-template>
    <xsl:text> in this hive, </xsl:text>
    <xsl:value-of select="$sum/@recovered"/>
    <xsl:text> deleted </xsl:text>
    <xsl:choose>
     <xsl:when test="$sum/@recovered = 1">one</xsl:when>
     <xsl:otherwise>ones</xsl:otherwise>
    </xsl:choose>
    <xsl:text> recovered</xsl:text>
   </xsl:when>
   <xsl:when test="$sum/@deleted = 1">1 profile is gone</xsl:when>
   <xsl:when test="$sum/@deleted &gt; 1">
    <xsl:value-of select="$sum/@deleted"/>
    <xsl:text> profiles are gone</xsl:text>
   </xsl:when>
   <xsl:otherwise>No profile is gone</xsl:otherwise>
  </xsl:choose>
  <xsl:if test="$sum/@exit_status = 2">; but not everything could be read</xsl:if>
 </xsl:template>

 <xsl:template match="/">
  <html lang="en">
   <head>
    <meta http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src '{$style_hash}'; base-uri 'none'; form-action 'none'"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta name="referrer" content="no-referrer"/>
    <meta name="generator" content="wmsdiff"/>
    <title>wmsdiff: <xsl:call-template name="verdict"/></title>
    <style><xsl:value-of select="$style"/></style>
   </head>
   <body>
    <a class="skip" href="#page-answer">Skip to the answer</a>
    <xsl:apply-templates select="$report"/>
   </body>
  </html>
 </xsl:template>

 <xsl:template match="w:report">
  <header>
   <p class="brand">wmsdiff: MAPI profiles in registry hives</p>
   <h1><xsl:call-template name="verdict"/></h1>
   <xsl:if test="$notice != ''">
    <p class="notice"><strong>Caution: </strong><bdi><xsl:value-of select="$notice"/></bdi></p>
   </xsl:if>
   <xsl:apply-templates select="w:case"/>
   <xsl:call-template name="contents"/>
  </header>
  <main>
   <xsl:call-template name="answer"/>
   <xsl:call-template name="timeline"/>
   <xsl:call-template name="profiles"/>
   <xsl:if test="not($single)"><xsl:call-template name="findings"/></xsl:if>
   <xsl:call-template name="recovered"/>
   <xsl:call-template name="causes"/>
   <xsl:call-template name="machine"/>
   <xsl:call-template name="provenance"/>
   <xsl:call-template name="diagnostics"/>
  </main>
  <xsl:call-template name="colophon"/>
 </xsl:template>

 <xsl:template match="w:case">
  <p class="case">
   <xsl:if test="@id">Case <bdi><xsl:value-of select="@id"/></bdi>. </xsl:if>
   <xsl:if test="@examiner">Examiner: <bdi><xsl:value-of select="@examiner"/></bdi>. </xsl:if>
   <xsl:if test="@note">Note: <bdi><xsl:value-of select="@note"/></bdi></xsl:if>
  </p>
 </xsl:template>

 <xsl:template name="contents">
  <nav aria-label="Contents">
   <ul>
    <li><a href="#page-answer">The answer</a></li>
    <xsl:if test="w:timeline"><li><a href="#page-timeline">Timeline</a></li></xsl:if>
    <li><a href="#page-profiles">Profiles</a></li>
    <xsl:if test="not($single)"><li><a href="#page-findings">Findings</a></li></xsl:if>
    <xsl:if test="w:series/w:snapshot/w:remnants"><li><a href="#page-recovered">Recovered</a></li></xsl:if>
    <xsl:if test="w:series/w:diagnosis"><li><a href="#page-causes">Causes</a></li></xsl:if>
    <xsl:if test="w:input[w:mapi32 or w:listing or w:system or w:software or w:event_log]">
     <li><a href="#page-machine">The machine</a></li>
    </xsl:if>
    <li><a href="#page-provenance">Provenance</a></li>
    <li><a href="#page-diagnostics">Diagnostics</a></li>
   </ul>
  </nav>
 </xsl:template>

 <!-- ==== the answer ==== -->

 <xsl:template name="answer">
  <section id="page-answer" aria-labelledby="page-answer-h">
   <h2 id="page-answer-h">The answer</h2>
   <dl class="answer">
    <div><dt>What is gone</dt><dd><xsl:call-template name="what"/></dd></div>
    <div><dt>From which hive</dt><dd><xsl:call-template name="which"/></dd></div>
    <xsl:if test="$lost or $found[$single]">
     <div><dt>When</dt><dd><xsl:call-template name="when"/></dd></div>
    </xsl:if>
    <div><dt>Why, most likely</dt><dd><xsl:call-template name="why"/></dd></div>
    <xsl:if test="$lost or $found[$single]">
     <div><dt>Can it be restored</dt><dd><xsl:call-template name="restorable"/></dd></div>
    </xsl:if>
    <div><dt>What to do next</dt><dd><xsl:call-template name="next"/></dd></div>
   </dl>
  </section>
 </xsl:template>

 <xsl:template name="what">
  <xsl:choose>
   <xsl:when test="$lost">
    <ul class="names">
     <xsl:for-each select="$lost[position() &lt;= 20]">
      <li>
       <xsl:call-template name="link">
        <xsl:with-param name="to" select="@id"/>
        <xsl:with-param name="text" select="@profile"/>
       </xsl:call-template>
       <xsl:text> </xsl:text>
       <span class="dim">
        <xsl:text>from </xsl:text>
        <xsl:choose>
         <xsl:when test="@list = 'deleted_profiles'">Deleted Profiles</xsl:when>
         <xsl:otherwise>Profiles</xsl:otherwise>
        </xsl:choose>
        <xsl:text>, </xsl:text>
        <xsl:value-of select="@certainty"/>
       </span>
      </li>
     </xsl:for-each>
    </ul>
    <xsl:if test="$sum/@deleted &gt; 20">
     <p class="cut">These are 20 of <xsl:value-of select="$sum/@deleted"/>.</p>
    </xsl:if>
   </xsl:when>
   <xsl:when test="$single and $found">
    <p>There is no hive from before; these deleted profiles were found in what this one still holds:</p>
    <ul class="names">
     <xsl:for-each select="$found[position() &lt;= 20]">
      <li>
       <xsl:call-template name="link">
        <xsl:with-param name="to" select="@id"/>
        <xsl:with-param name="text" select="concat(@name, substring('(name lost)', 1 div not(string(@name))))"/>
       </xsl:call-template>
       <xsl:text> </xsl:text>
       <span class="dim"><xsl:value-of select="@completeness"/>, path <xsl:value-of select="@path_certainty"/></span>
      </li>
     </xsl:for-each>
    </ul>
    <xsl:call-template name="more">
     <xsl:with-param name="n" select="count($found)"/>
     <xsl:with-param name="shown" select="20"/>
    </xsl:call-template>
   </xsl:when>
   <xsl:when test="not(w:series)"><p>The report tells of no hive.</p></xsl:when>
   <xsl:when test="$single">
    <p>
     <xsl:text>Nothing of a deleted profile was found in this hive</xsl:text>
     <xsl:if test="w:series/w:snapshot/w:remnants/@verdict = 'cannot_tell'">, and it cannot tell: its cells are packed</xsl:if>
     <xsl:text>.</xsl:text>
    </p>
   </xsl:when>
   <xsl:when test="$sum/@deleted &gt; 0"><p>The page has none of them; the XML report has.</p></xsl:when>
   <xsl:otherwise><p>No profile of the earlier hive is missing from the later one.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="$sum/@exit_status = 2">
   <p><strong>Not everything could be read</strong>, so more may be gone: see the <a href="#page-diagnostics">diagnostics</a>.</p>
  </xsl:if>
  <xsl:call-template name="kinds"/>
 </xsl:template>

 <!-- What else changed, in numbers. -->
 <xsl:template name="kinds">
  <xsl:variable name="else" select="$sum/@moved | $sum/@renamed | $sum/@recreated | $sum/@added | $sum/@modified | $sum/@damaged"/>
  <xsl:if test="$else[. &gt; 0]">
   <p>
    <xsl:text>Beside that: </xsl:text>
    <xsl:for-each select="$else[. &gt; 0]">
     <xsl:if test="position() &gt; 1">, </xsl:if>
     <xsl:value-of select="."/>
     <xsl:text> </xsl:text>
     <xsl:value-of select="name()"/>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
   </p>
  </xsl:if>
 </xsl:template>

 <xsl:template name="which">
  <xsl:for-each select="w:series[position() &lt;= 20]">
   <p><strong><bdi><xsl:value-of select="@subject"/></bdi></strong>
    <xsl:if test="@user and not(contains(@subject, @user))"><xsl:text>, user </xsl:text><bdi><xsl:value-of select="@user"/></bdi></xsl:if>
    <xsl:if test="@sid"><xsl:text> </xsl:text><span class="mono"><xsl:value-of select="@sid"/></span></xsl:if>
   </p>
   <ul class="plain">
    <xsl:for-each select="w:snapshot[position() &lt;= 10]">
     <li>
      <xsl:call-template name="snapshot_label"/>
      <xsl:text>: </xsl:text>
      <xsl:call-template name="file_of"><xsl:with-param name="input" select="@input"/></xsl:call-template>
      <xsl:variable name="hive" select="key('id', @input)/w:hive"/>
      <xsl:text> </xsl:text>
      <span class="dim">
       <xsl:call-template name="many">
        <xsl:with-param name="n" select="count(w:store/w:profile) + sum(w:store/@left_out)"/>
        <xsl:with-param name="of" select="'profile'"/>
       </xsl:call-template>
       <xsl:text>; </xsl:text>
       <xsl:call-template name="state"/>
       <xsl:if test="$hive/@last_written">
        <xsl:text>; last written </xsl:text>
        <xsl:call-template name="time"><xsl:with-param name="at" select="$hive/@last_written"/></xsl:call-template>
       </xsl:if>
      </span>
     </li>
    </xsl:for-each>
   </ul>
   <xsl:call-template name="more">
    <xsl:with-param name="n" select="count(w:snapshot)"/>
    <xsl:with-param name="shown" select="10"/>
   </xsl:call-template>
  </xsl:for-each>
 </xsl:template>

 <xsl:template name="snapshot_label">
  <xsl:choose>
   <xsl:when test="count(../w:snapshot) = 2 and not(preceding-sibling::w:snapshot)">before</xsl:when>
   <xsl:when test="count(../w:snapshot) = 2">after</xsl:when>
   <xsl:when test="count(../w:snapshot) = 1">the hive</xsl:when>
   <xsl:otherwise>snapshot <xsl:value-of select="@id"/></xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <!-- How far a snapshot can be relied on. -->
 <xsl:template name="state">
  <xsl:variable name="hive" select="key('id', @input)/w:hive"/>
  <xsl:choose>
   <xsl:when test="$hive/@state = 'damaged'">damaged</xsl:when>
   <xsl:when test="@state = 'replayed'">brought up to date from its logs</xsl:when>
   <!-- The same hive may stand in the series before its logs and with them. -->
   <xsl:when test="$hive/@state = 'replayed'">dirty, read as it stands without its logs</xsl:when>
   <xsl:when test="$hive/@state = 'dirty'">dirty, read as it stands</xsl:when>
   <xsl:otherwise><xsl:value-of select="$hive/@state"/></xsl:otherwise>
  </xsl:choose>
  <xsl:choose>
   <xsl:when test="@readers = 'agree'">, both readers agree</xsl:when>
   <xsl:when test="@readers = 'differ'">, <strong>the readers differ</strong></xsl:when>
   <xsl:otherwise>, read by <xsl:value-of select="@readers"/> reader alone</xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <xsl:template name="when">
  <xsl:choose>
   <xsl:when test="$single">
    <xsl:variable name="moments" select="$found[@deleted_at][generate-id() = generate-id(key('went', @deleted_at)[1])]"/>
    <ul class="plain">
     <xsl:for-each select="$moments[position() &lt;= 6]">
      <li>
       <xsl:call-template name="many">
        <xsl:with-param name="n" select="count(key('went', @deleted_at))"/>
        <xsl:with-param name="of" select="'profile'"/>
       </xsl:call-template>
       <xsl:text>: at </xsl:text>
       <strong><xsl:call-template name="time"><xsl:with-param name="at" select="@deleted_at"/></xsl:call-template></strong>
       <xsl:text> (the moment: last write of the profile’s own key)</xsl:text>
      </li>
     </xsl:for-each>
     <xsl:if test="$found[not(@deleted_at)] and $moments">
      <li>
       <xsl:call-template name="many">
        <xsl:with-param name="n" select="count($found[not(@deleted_at)])"/>
        <xsl:with-param name="of" select="'profile'"/>
       </xsl:call-template>
       <xsl:text>: nothing shows the moment</xsl:text>
      </li>
     </xsl:if>
    </ul>
    <xsl:if test="not($found[@deleted_at])"><p>Nothing shows the moment.</p></xsl:if>
    <xsl:call-template name="more">
     <xsl:with-param name="n" select="count($moments)"/>
     <xsl:with-param name="shown" select="6"/>
    </xsl:call-template>
   </xsl:when>
   <xsl:otherwise>
    <xsl:variable name="groups" select="$lost[generate-id() = generate-id(key('when',
      concat(w:deletion/@at, '|', w:deletion/@earliest, '|', w:deletion/@latest))[1])]"/>
    <ul class="plain">
     <xsl:for-each select="$groups[position() &lt;= 6]">
      <li>
       <xsl:call-template name="many">
        <xsl:with-param name="n" select="count(key('when', concat(w:deletion/@at, '|',
          w:deletion/@earliest, '|', w:deletion/@latest)))"/>
        <xsl:with-param name="of" select="'profile'"/>
       </xsl:call-template>
       <xsl:text>: </xsl:text>
       <xsl:call-template name="dated"/>
      </li>
     </xsl:for-each>
    </ul>
    <xsl:call-template name="more">
     <xsl:with-param name="n" select="count($groups)"/>
     <xsl:with-param name="shown" select="6"/>
    </xsl:call-template>
    <xsl:call-template name="counted"/>
   </xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <!-- Moment and bounds are never said alike. -->
 <xsl:template name="dated">
  <xsl:variable name="on" select="w:deletion"/>
  <xsl:choose>
   <xsl:when test="$on/@at">
    <xsl:text>at </xsl:text>
    <strong><xsl:call-template name="time"><xsl:with-param name="at" select="$on/@at"/></xsl:call-template></strong>
    <xsl:text> (the moment: last write of the profile’s own key</xsl:text>
    <xsl:if test="$on/@confirmed = 1">, and of its list</xsl:if>
    <xsl:text>)</xsl:text>
   </xsl:when>
   <!-- As numbers: 14 digits are exact. -->
   <xsl:when test="translate(substring($on/@earliest, 1, 19), '-:T', '') &gt; translate(substring($on/@latest, 1, 19), '-:T', '')">
    <xsl:text>the times contradict each other: not before </xsl:text>
    <xsl:call-template name="time"><xsl:with-param name="at" select="$on/@earliest"/></xsl:call-template>
    <xsl:text>, yet not after </xsl:text>
    <xsl:call-template name="time"><xsl:with-param name="at" select="$on/@latest"/></xsl:call-template>
    <xsl:text> (bounds; the moment is not known)</xsl:text>
   </xsl:when>
   <xsl:when test="$on/@earliest and $on/@latest">
    <xsl:text>not before </xsl:text>
    <xsl:call-template name="time"><xsl:with-param name="at" select="$on/@earliest"/></xsl:call-template>
    <xsl:text> and not after </xsl:text>
    <xsl:call-template name="time"><xsl:with-param name="at" select="$on/@latest"/></xsl:call-template>
    <xsl:text> (bounds; the moment is not known)</xsl:text>
   </xsl:when>
   <xsl:when test="$on/@earliest">
    <xsl:text>not before </xsl:text>
    <xsl:call-template name="time"><xsl:with-param name="at" select="$on/@earliest"/></xsl:call-template>
    <xsl:text> (a bound; the moment is not known)</xsl:text>
   </xsl:when>
   <xsl:when test="$on/@latest">
    <xsl:text>not after </xsl:text>
    <xsl:call-template name="time"><xsl:with-param name="at" select="$on/@latest"/></xsl:call-template>
    <xsl:text> (a bound; the moment is not known)</xsl:text>
   </xsl:when>
   <xsl:otherwise>nothing tells when</xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <xsl:template name="why">
  <xsl:choose>
   <xsl:when test="w:series/w:diagnosis">
    <xsl:for-each select="w:series/w:diagnosis[not(preceding-sibling::w:diagnosis/@comparison = @comparison)
      and (@comparison or not(preceding-sibling::w:diagnosis))][position() &lt;= 6]">
     <xsl:variable name="all" select="../w:diagnosis[string(@comparison) = string(current()/@comparison)]"/>
     <xsl:variable name="best" select="($all[@grade = 'supported'] | $all[@grade = 'possible'][not($all[@grade = 'supported'])])[1]"/>
     <xsl:choose>
      <xsl:when test="$best">
       <xsl:for-each select="$best">
        <p>
         <xsl:if test="count(../w:comparison) &gt; 1">
          <xsl:call-template name="link"><xsl:with-param name="to" select="@comparison"/></xsl:call-template>
          <xsl:text>: </xsl:text>
         </xsl:if>
         <a href="#{@id}"><bdi><xsl:value-of select="@cause"/></bdi></a>
         <xsl:text> </xsl:text>
         <xsl:call-template name="badge"><xsl:with-param name="word" select="@grade"/></xsl:call-template>
        </p>
        <p><bdi><xsl:value-of select="@says"/></bdi>.</p>
        <p class="dim">
         <xsl:text>Of </xsl:text>
         <xsl:call-template name="many">
          <xsl:with-param name="n" select="count(w:condition)"/>
          <xsl:with-param name="of" select="'condition'"/>
         </xsl:call-template>
         <xsl:text>, </xsl:text>
         <xsl:value-of select="count(w:condition[@state = 'met'])"/>
         <xsl:text> met, </xsl:text>
         <xsl:value-of select="count(w:condition[@state = 'not_met'])"/>
         <xsl:text> not met, </xsl:text>
         <xsl:value-of select="count(w:condition[@state = 'unknown'])"/>
         <xsl:text> unknown.</xsl:text>
         <xsl:variable name="others" select="$all[@grade = 'supported' or @grade = 'possible'][generate-id() != generate-id($best)]"/>
         <xsl:if test="$others">
          <xsl:text> No worse than possible are also: </xsl:text>
          <xsl:for-each select="$others">
           <xsl:if test="position() &gt; 1">, </xsl:if>
           <a href="#{@id}"><bdi><xsl:value-of select="@cause"/></bdi></a>
           <xsl:text> (</xsl:text><xsl:value-of select="@grade"/><xsl:text>)</xsl:text>
          </xsl:for-each>
          <xsl:text>.</xsl:text>
         </xsl:if>
        </p>
       </xsl:for-each>
      </xsl:when>
      <xsl:otherwise><p>Not determined: no cause is better than undetermined.</p></xsl:otherwise>
     </xsl:choose>
    </xsl:for-each>
   </xsl:when>
   <xsl:when test="$lost or $found[$single] or $sum/@deleted &gt; 0"><p>The report weighs no cause.</p></xsl:when>
   <xsl:otherwise><p>Nothing is known to be gone that would need a cause.</p></xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <xsl:template name="restorable">
  <xsl:choose>
   <xsl:when test="$single">
    <p>
     <xsl:value-of select="count($found[@completeness = 'whole'])"/>
     <xsl:text> of </xsl:text>
     <xsl:value-of select="count($found)"/>
     <xsl:text> were recovered whole. </xsl:text>
     <xsl:choose>
      <xsl:when test="$found/w:restore">
       <xsl:value-of select="count($found/w:restore[@outcome = 'written'])"/>
       <xsl:text> .reg files were written.</xsl:text>
      </xsl:when>
      <xsl:otherwise>--restore writes what can be written from this hive.</xsl:otherwise>
     </xsl:choose>
     <xsl:text> A hive from before the loss, such as one in a backup, may hold more.</xsl:text>
    </p>
   </xsl:when>
   <xsl:otherwise>
    <p>
     <xsl:text>The earlier hive holds </xsl:text>
     <xsl:value-of select="count($lost[w:profile/@completeness = 'whole'])"/>
     <xsl:text> of </xsl:text>
     <xsl:value-of select="count($lost)"/>
     <xsl:text> whole; the later one still holds parts of </xsl:text>
     <xsl:value-of select="count($lost[w:remnant/@completeness != 'none'])"/>
     <xsl:text>.</xsl:text>
    </p>
    <xsl:variable name="groups" select="$lost[w:restore][generate-id() = generate-id(key('restored',
      concat(w:restore/@outcome, '|', w:restore/@reason))[1])]"/>
    <xsl:choose>
     <xsl:when test="$groups">
      <ul class="plain">
       <xsl:for-each select="$groups">
        <!-- What can be used comes first. -->
        <xsl:sort select="w:restore/@outcome != 'written'"/>
        <li>
         <xsl:variable name="group" select="key('restored', concat(w:restore/@outcome, '|', w:restore/@reason))"/>
         <xsl:call-template name="badge"><xsl:with-param name="word" select="w:restore/@outcome"/></xsl:call-template>
         <xsl:text> </xsl:text>
         <xsl:call-template name="many">
          <xsl:with-param name="n" select="count($group)"/>
          <xsl:with-param name="of" select="'profile'"/>
         </xsl:call-template>
         <xsl:if test="w:restore/@reason">
          <xsl:if test="count($group) &gt; 1">, each</xsl:if>
          <xsl:text> because </xsl:text>
          <xsl:call-template name="restore_reason"/>
         </xsl:if>
         <xsl:if test="w:restore/@file">
          <xsl:text>: </xsl:text>
          <xsl:for-each select="$group[position() &lt;= 5]">
           <xsl:if test="position() &gt; 1">, </xsl:if>
           <span class="mono"><bdi><xsl:value-of select="w:restore/@file"/></bdi></span>
          </xsl:for-each>
          <xsl:if test="count($group) &gt; 5"> and more</xsl:if>
         </xsl:if>
        </li>
       </xsl:for-each>
      </ul>
     </xsl:when>
     <xsl:otherwise><p>No .reg files were written in this run; --restore writes them.</p></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="counted"/>
   </xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <xsl:template name="restore_reason">
  <xsl:variable name="reason" select="w:restore/@reason"/>
  <xsl:choose>
   <xsl:when test="$reason = 'made_anew'">the service makes it anew by itself</xsl:when>
   <xsl:when test="$reason = 'is_back'">a later hive has it again</xsl:when>
   <xsl:when test="$reason = 'other_state'">another state of the same profile is the one to bring back</xsl:when>
   <xsl:when test="$reason = 'incomplete'">parts of it are lost, or cannot stand in such a file</xsl:when>
   <xsl:when test="$reason = 'name_taken'">another profile has its name now</xsl:when>
   <xsl:when test="$reason = 'name_lost'">its name is not known</xsl:when>
   <xsl:when test="$reason = 'name_unfit'">its name cannot stand in such a file</xsl:when>
   <xsl:when test="$reason = 'list_lost'">it is not known in which list it was</xsl:when>
   <xsl:when test="$reason = 'code_page'">version 4 of such files cannot hold a text of it</xsl:when>
   <xsl:otherwise><xsl:call-template name="words"><xsl:with-param name="code" select="$reason"/></xsl:call-template></xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <xsl:template name="next">
  <xsl:variable name="graded" select="w:series/w:diagnosis[@grade = 'supported' or @grade = 'possible']"/>
  <xsl:variable name="best" select="($graded[@grade = 'supported'] | $graded[not($graded/@grade = 'supported')])[1]"/>
  <xsl:choose>
   <xsl:when test="$best/w:advice">
    <ol>
     <xsl:for-each select="$best/w:advice[position() &lt;= 30]">
      <li><bdi><xsl:call-template name="options"><xsl:with-param name="text" select="."/></xsl:call-template></bdi></li>
     </xsl:for-each>
    </ol>
    <xsl:call-template name="more">
     <xsl:with-param name="n" select="count($best/w:advice)"/>
     <xsl:with-param name="shown" select="30"/>
    </xsl:call-template>
   </xsl:when>
   <xsl:when test="$lost or $found[$single]">
    <p>Give what else was saved of the machine (<span class="option">--mapi32</span>,
     <span class="option">--modules</span>, <span class="option">--system</span>,
     <span class="option">--software</span>, <span class="option">--events</span>), so that the causes can be weighed.</p>
   </xsl:when>
   <xsl:when test="$sum/@exit_status = 2">
    <p>Look for a better copy of what could not be read, and compare again.</p>
   </xsl:when>
   <xsl:when test="not($sum)"><p>Make the report anew from the evidence.</p></xsl:when>
   <xsl:otherwise><p>Nothing, as far as profiles go.</p></xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <!-- ==== the timeline ==== -->

 <xsl:template name="timeline">
  <xsl:for-each select="w:timeline[1]">
   <section id="page-timeline" aria-labelledby="page-timeline-h">
    <h2 id="page-timeline-h">Timeline</h2>
    <p>Time runs downwards; distances are written, not drawn to scale. A bar is a span in which
     something happened at some moment that is not known; its ends are bounds.</p>
    <div class="chart">
     <div>
      <!-- The room to the left is for bars. -->
      <svg role="img" aria-labelledby="page-chart-title page-chart-desc">
       <xsl:attribute name="viewBox">
        <xsl:value-of select="concat(62 - 12 * count(w:bar), ' 0 ', 318 + 12 * count(w:bar), ' ', @height)"/>
       </xsl:attribute>
       <title id="page-chart-title">Snapshots, lists, deletions and events in the order of time</title>
       <desc id="page-chart-desc">The table beside the drawing says the same in words.</desc>
       <line class="rail" x1="74" y1="8" x2="74" y2="{@height - 8}"/>
       <xsl:apply-templates select="w:bar"/>
       <xsl:apply-templates select="w:row" mode="draw"/>
      </svg>
      <p class="legend">
       <xsl:text>◆ a profile went at that moment (◇ only a log tells) · ▼ ▲ bounds: not before, not after · ■ hive last written · ● list last written · ▮ event</xsl:text>
      </p>
     </div>
     <table>
      <caption>The timeline as a table</caption>
      <thead><tr><th scope="col">Time</th><th scope="col">What</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:row/w:item">
        <tr>
         <th scope="row" data-label="Time"><xsl:call-template name="exact"><xsl:with-param name="at" select="../@time"/></xsl:call-template></th>
         <td data-label="What">
          <xsl:call-template name="link">
           <xsl:with-param name="to" select="@ref"/>
           <xsl:with-param name="text" select="@text"/>
          </xsl:call-template>
         </td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </div>
    <xsl:if test="../w:input/w:log">
     <p>Entries of a log carry no time of their own: what only a log tells stands at the time of
      the key that it writes, with the number of the entry.</p>
    </xsl:if>
    <xsl:if test="@left &gt; 0">
     <p class="cut"><xsl:value-of select="@left"/> later entries are left out; the XML report has them all.</p>
    </xsl:if>
    <xsl:if test="@bars_left &gt; 0">
     <p class="cut">Spans of <xsl:value-of select="@bars_left"/> more deletions are not drawn.</p>
    </xsl:if>
   </section>
  </xsl:for-each>
 </xsl:template>

 <xsl:template match="w:bar">
  <xsl:variable name="x" select="56 - 12 * @lane"/>
  <xsl:variable name="from">
   <xsl:choose>
    <xsl:when test="@from"><xsl:value-of select="@from - 4"/></xsl:when>
    <xsl:otherwise>4</xsl:otherwise>
   </xsl:choose>
  </xsl:variable>
  <xsl:variable name="to">
   <xsl:choose>
    <xsl:when test="@to &gt; 0"><xsl:value-of select="@to - 4"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="../@height - 8"/></xsl:otherwise>
   </xsl:choose>
  </xsl:variable>
  <line class="bar" x1="{$x}" y1="{$from}" x2="{$x}" y2="{$to}"/>
  <xsl:if test="@from"><line class="end" x1="{$x - 5}" y1="{$from}" x2="{$x + 5}" y2="{$from}"/></xsl:if>
  <xsl:if test="@to &gt; 0"><line class="end" x1="{$x - 5}" y1="{$to}" x2="{$x + 5}" y2="{$to}"/></xsl:if>
 </xsl:template>

 <xsl:template match="w:row" mode="draw">
  <xsl:if test="@gap">
   <text class="gap" x="90" y="{@y - 18}"><xsl:value-of select="@gap"/></text>
  </xsl:if>
  <text class="time" x="90" y="{@y}">
   <xsl:value-of select="substring(@time, 1, 10)"/>
   <xsl:text> </xsl:text>
   <xsl:value-of select="substring(@time, 12, 8)"/>
   <xsl:text> UTC</xsl:text>
  </text>
  <xsl:for-each select="w:item">
   <xsl:variable name="y" select="@y - 4"/>
   <xsl:choose>
    <xsl:when test="@kind = 'moment'">
     <path d="M74 {$y - 7} L81 {$y} L74 {$y + 7} L67 {$y} Z">
      <xsl:attribute name="class">
       <xsl:choose><xsl:when test="@log">bound</xsl:when><xsl:otherwise>moment</xsl:otherwise></xsl:choose>
      </xsl:attribute>
     </path>
    </xsl:when>
    <xsl:when test="@kind = 'earliest'">
     <path class="bound" d="M68 {$y - 5} L80 {$y - 5} L74 {$y + 5} Z"/>
    </xsl:when>
    <xsl:when test="@kind = 'latest'">
     <path class="bound" d="M68 {$y + 5} L80 {$y + 5} L74 {$y - 5} Z"/>
    </xsl:when>
    <xsl:when test="@kind = 'snapshot'"><rect class="snapshot" x="68.5" y="{$y - 5}" width="11" height="11"/></xsl:when>
    <xsl:when test="@kind = 'store'"><circle class="store" cx="74" cy="{$y}" r="5"/></xsl:when>
    <xsl:otherwise><rect class="event" x="71" y="{$y - 6}" width="6" height="12"/></xsl:otherwise>
   </xsl:choose>
   <xsl:for-each select="w:line">
    <text x="90" y="{@y}"><xsl:value-of select="@text"/></text>
   </xsl:for-each>
  </xsl:for-each>
 </xsl:template>

 <!-- ==== profiles, side by side ==== -->

 <xsl:template name="profiles">
  <section id="page-profiles" aria-labelledby="page-profiles-h">
   <h2 id="page-profiles-h">
    <xsl:choose>
     <xsl:when test="$single">Profiles in the hive</xsl:when>
     <xsl:otherwise>Profiles before and after</xsl:otherwise>
    </xsl:choose>
   </h2>
   <xsl:for-each select="w:series">
    <div id="{@id}">
     <xsl:for-each select="w:comparison[position() &lt;= 64]"><xsl:call-template name="side_by_side"/></xsl:for-each>
     <xsl:for-each select="w:snapshot"><xsl:call-template name="inventory"/></xsl:for-each>
    </div>
   </xsl:for-each>
  </section>
 </xsl:template>

 <xsl:template name="side_by_side">
  <xsl:variable name="d" select="@id"/>
  <xsl:variable name="before" select="key('id', @before)[self::w:snapshot]"/>
  <xsl:variable name="after" select="key('id', @after)[self::w:snapshot]"/>
  <xsl:variable name="left" select="$before/w:store/w:profile"/>
  <!-- Where lists were cut, what is not there says nothing. -->
  <xsl:variable name="cut" select="boolean(@left_out | $before/@left_out | $before/w:store/@left_out |
     $after/@left_out | $after/w:store/@left_out)"/>
  <xsl:variable name="new" select="$after/w:store/w:profile[
     not(key('profile', concat($before/@id, '|', ../@path, '|', @name))) and
     not(key('target', concat($d, '|', ../@path, '|', @name))[@kind = 'moved' or @kind = 'renamed']) and
     (not($cut) or key('target', concat($d, '|', ../@path, '|', @name)))]"/>
  <table id="{@id}" class="beside">
   <caption>
    <xsl:text>What stood in the lists: before (</xsl:text><bdi><xsl:value-of select="@before"/></bdi>
    <xsl:text>) and after (</xsl:text><bdi><xsl:value-of select="@after"/></bdi><xsl:text>)</xsl:text>
   </caption>
   <thead>
    <tr>
     <th scope="col">Profile</th><th scope="col">Before</th><th scope="col">After</th>
     <th scope="col">What changed</th>
    </tr>
   </thead>
   <tbody>
    <xsl:for-each select="$left[position() &lt;= $rows]">
     <xsl:variable name="change" select="key('change', concat($d, '|', ../@path, '|', @name))[@kind != 'added' and @kind != 'default_changed'][1]"/>
     <tr>
      <xsl:if test="$change"><xsl:attribute name="class">changed</xsl:attribute></xsl:if>
      <th scope="row" data-label="Profile"><xsl:call-template name="profile_head"/></th>
      <td data-label="Before"><xsl:call-template name="profile_size"/></td>
      <td data-label="After">
       <xsl:variable name="path" select="concat($change/@new_store_path, substring(../@path, 1 div not($change/@new_store_path)))"/>
       <xsl:variable name="name" select="concat($change/@new_name, substring(@name, 1 div not($change/@new_name)))"/>
       <xsl:variable name="now" select="key('profile', concat($after/@id, '|', $path, '|', $name))[1]"/>
       <xsl:choose>
        <xsl:when test="$now">
         <xsl:for-each select="$now">
          <xsl:if test="$change/@kind = 'moved' or $change/@kind = 'renamed'">
           <xsl:call-template name="profile_head"/><br/>
          </xsl:if>
          <xsl:call-template name="profile_size"/>
         </xsl:for-each>
        </xsl:when>
        <xsl:when test="not($cut) or $change/@kind = 'deleted'"><strong>not found</strong></xsl:when>
        <xsl:otherwise>see the XML</xsl:otherwise>
       </xsl:choose>
      </td>
      <td data-label="What changed">
       <xsl:choose>
        <xsl:when test="$change">
         <xsl:call-template name="badge"><xsl:with-param name="word" select="$change/@kind"/></xsl:call-template>
         <xsl:text> </xsl:text>
         <xsl:call-template name="link"><xsl:with-param name="to" select="$change/@id"/></xsl:call-template>
        </xsl:when>
        <xsl:when test="$cut">see the XML</xsl:when>
        <xsl:otherwise>= the same</xsl:otherwise>
       </xsl:choose>
      </td>
     </tr>
    </xsl:for-each>
    <xsl:for-each select="$new[position() &lt;= $rows]">
     <xsl:variable name="change" select="key('target', concat($d, '|', ../@path, '|', @name))[1]"/>
     <tr class="changed">
      <th scope="row" data-label="Profile"><xsl:call-template name="profile_head"/></th>
      <td data-label="Before">not found</td>
      <td data-label="After"><xsl:call-template name="profile_size"/></td>
      <td data-label="What changed">
       <xsl:call-template name="badge"><xsl:with-param name="word" select="'added'"/></xsl:call-template>
       <xsl:text> </xsl:text>
       <xsl:call-template name="link"><xsl:with-param name="to" select="$change/@id"/></xsl:call-template>
      </td>
     </tr>
    </xsl:for-each>
    <xsl:if test="not($left) and not($new)"><tr><td colspan="4">Neither hive holds a profile.</td></tr></xsl:if>
   </tbody>
  </table>
  <xsl:call-template name="more">
   <xsl:with-param name="n" select="count($left) + sum($before/w:store/@left_out)"/>
   <xsl:with-param name="shown" select="$rows"/>
  </xsl:call-template>
  <xsl:for-each select="w:compared_key">
   <p>Key <span class="mono"><bdi><xsl:value-of select="@path"/></bdi></span>:
    <xsl:call-template name="many">
     <xsl:with-param name="n" select="@differences"/>
     <xsl:with-param name="of" select="'difference'"/>
    </xsl:call-template>
    <xsl:if test="@before = 0">; not found before</xsl:if>
    <xsl:if test="@after = 0">; not found after</xsl:if>
   </p>
   <xsl:call-template name="differences"/>
  </xsl:for-each>
 </xsl:template>

 <xsl:template name="profile_head">
  <xsl:call-template name="name"><xsl:with-param name="text" select="@name"/></xsl:call-template>
  <br/>
  <span class="dim">
   <xsl:call-template name="list_name">
    <xsl:with-param name="list" select="../@list"/>
    <xsl:with-param name="path" select="../@path"/>
   </xsl:call-template>
  </span>
 </xsl:template>

 <xsl:template name="profile_size">
  <xsl:call-template name="many">
   <xsl:with-param name="n" select="@sections"/>
   <xsl:with-param name="of" select="'section'"/>
  </xsl:call-template>
  <xsl:text>, </xsl:text>
  <xsl:call-template name="many">
   <xsl:with-param name="n" select="@values"/>
   <xsl:with-param name="of" select="'value'"/>
  </xsl:call-template>
  <xsl:if test="@default = 1">, <strong>default</strong></xsl:if>
  <xsl:if test="@completeness != 'whole'">, <strong>not read whole</strong></xsl:if>
 </xsl:template>

 <!-- The lists of a snapshot, and its profiles where they are spelled out. -->
 <xsl:template name="inventory">
  <details id="{@id}">
   <xsl:if test="$single"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
   <summary>
    <xsl:text>Lists of </xsl:text><bdi><xsl:value-of select="@id"/></bdi>
    <xsl:text> (</xsl:text><xsl:call-template name="snapshot_label"/><xsl:text>): </xsl:text>
    <xsl:call-template name="many">
     <xsl:with-param name="n" select="count(w:store/w:profile) + sum(w:store/@left_out)"/>
     <xsl:with-param name="of" select="'profile'"/>
    </xsl:call-template>
   </summary>
   <table>
    <caption>Lists of profiles in <bdi><xsl:value-of select="@id"/></bdi></caption>
    <thead>
     <tr><th scope="col">List</th><th scope="col">Last written</th><th scope="col">Profiles</th><th scope="col">DefaultProfile</th></tr>
    </thead>
    <tbody>
     <xsl:for-each select="w:store">
      <tr id="{@id}">
       <th scope="row" data-label="List" class="path"><bdi><xsl:value-of select="@path"/></bdi></th>
       <td data-label="Last written">
        <xsl:choose>
         <xsl:when test="@present = 0">not found</xsl:when>
         <xsl:otherwise><xsl:call-template name="exact"><xsl:with-param name="at" select="@mtime"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
       </td>
       <td data-label="Profiles">
        <xsl:value-of select="count(w:profile)"/>
        <xsl:if test="@left_out"> and <xsl:value-of select="@left_out"/> more</xsl:if>
       </td>
       <td data-label="DefaultProfile">
        <xsl:for-each select="w:default_profile">
         <bdi><xsl:value-of select="@name"/></bdi>
         <xsl:if test="@resolved = 0"> <strong>, which is not there</strong></xsl:if>
        </xsl:for-each>
        <xsl:if test="not(w:default_profile)">none</xsl:if>
       </td>
      </tr>
     </xsl:for-each>
     <xsl:if test="not(w:store)"><tr><td colspan="4">No list of profiles was found.</td></tr></xsl:if>
    </tbody>
   </table>
   <xsl:for-each select="w:store/w:profile[w:property or r:cellobject or w:service][position() &lt;= $changes]">
    <details>
     <summary>Profile <bdi><xsl:value-of select="@name"/></bdi></summary>
     <xsl:call-template name="profile"/>
    </details>
   </xsl:for-each>
  </details>
 </xsl:template>

 <!-- ==== findings ==== -->

 <xsl:template name="findings">
  <section id="page-findings" aria-labelledby="page-findings-h">
   <h2 id="page-findings-h">Findings and their evidence</h2>
   <xsl:variable name="all" select="w:series/w:comparison/w:change"/>
   <xsl:if test="not($all)"><p>Nothing differs in the lists of profiles.</p></xsl:if>
   <xsl:for-each select="$all[position() &lt;= $changes]"><xsl:call-template name="finding"/></xsl:for-each>
   <xsl:if test="count($all) + sum(w:series/w:comparison/@left_out) &gt; $changes">
    <p class="cut">
     <xsl:text>The first </xsl:text>
     <xsl:value-of select="$changes"/>
     <xsl:text> of </xsl:text>
     <xsl:value-of select="count($all) + sum(w:series/w:comparison/@left_out)"/>
     <xsl:text> changes are spelled out; the XML report has them all.</xsl:text>
    </p>
    <!-- Links from above lead here all the same. -->
    <ul class="names">
     <xsl:for-each select="$all[position() &gt; $changes]">
      <li id="{@id}">
       <xsl:call-template name="badge"><xsl:with-param name="word" select="@kind"/></xsl:call-template>
       <xsl:text> </xsl:text>
       <bdi><xsl:value-of select="@profile"/></bdi>
      </li>
     </xsl:for-each>
    </ul>
   </xsl:if>
  </section>
 </xsl:template>

 <xsl:template name="finding">
  <article id="{@id}">
   <h3>
    <xsl:call-template name="badge"><xsl:with-param name="word" select="@kind"/></xsl:call-template>
    <xsl:text> </xsl:text>
    <xsl:choose>
     <xsl:when test="@kind = 'default_changed'">DefaultProfile</xsl:when>
     <xsl:when test="@kind = 'store_removed'">the whole list</xsl:when>
     <xsl:otherwise><xsl:call-template name="name"><xsl:with-param name="text" select="@profile"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <xsl:text> </xsl:text>
    <a class="here" href="#{@id}" aria-label="Link to finding {@id}"><xsl:value-of select="@id"/></a>
   </h3>
   <dl class="facts">
    <xsl:if test="@kind = 'default_changed'">
     <div><dt>Before</dt><dd><bdi><xsl:value-of select="@profile"/></bdi><xsl:if test="not(@profile)">none</xsl:if></dd></div>
     <div><dt>After</dt><dd><bdi><xsl:value-of select="@new_name"/></bdi><xsl:if test="not(@new_name)">none</xsl:if></dd></div>
    </xsl:if>
    <xsl:if test="@new_name and @kind != 'default_changed'">
     <div><dt>New name</dt><dd><bdi><xsl:value-of select="@new_name"/></bdi></dd></div>
    </xsl:if>
    <div><dt>In</dt><dd class="path"><bdi><xsl:value-of select="@store_path"/></bdi></dd></div>
    <xsl:if test="@new_store_path">
     <div><dt>Now in</dt><dd class="path"><bdi><xsl:value-of select="@new_store_path"/></bdi></dd></div>
    </xsl:if>
    <xsl:if test="w:deletion"><div><dt>When</dt><dd><xsl:call-template name="dated"/></dd></div></xsl:if>
    <div>
     <dt>Certainty</dt>
     <dd>
      <xsl:call-template name="badge"><xsl:with-param name="word" select="@certainty"/></xsl:call-template>
      <ul class="plain">
       <xsl:for-each select="w:reason"><li><bdi><xsl:value-of select="."/></bdi></li></xsl:for-each>
      </ul>
     </dd>
    </div>
    <xsl:if test="@stands_in">
     <div>
      <dt>Stands in</dt>
      <dd>
       <xsl:choose>
        <xsl:when test="@stands_in = 'log'">
         <xsl:text>the log only, from entry </xsl:text>
         <xsl:value-of select="@log_sequence"/>
         <xsl:text> on: </xsl:text>
         <xsl:call-template name="file_of"><xsl:with-param name="input" select="@log"/></xsl:call-template>
         <xsl:if test="@log_exact = 0"> (an earlier entry may have made it)</xsl:if>
        </xsl:when>
        <xsl:otherwise>the hive file itself</xsl:otherwise>
       </xsl:choose>
      </dd>
     </div>
    </xsl:if>
    <xsl:apply-templates select="w:remnant"/>
    <xsl:apply-templates select="w:restore"/>
   </dl>
   <xsl:if test="w:deletion/w:bound">
    <details>
     <summary>What the dating rests on (<xsl:value-of select="count(w:deletion/w:bound)"/>)</summary>
     <table>
      <caption>Bounds of the deletion</caption>
      <thead><tr><th scope="col">Bound</th><th scope="col">Time</th><th scope="col">Read from</th><th scope="col">Where</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:deletion/w:bound">
        <tr>
         <th scope="row" data-label="Bound">
          <xsl:choose><xsl:when test="@which = 'earliest'">not before</xsl:when><xsl:otherwise>not after</xsl:otherwise></xsl:choose>
         </th>
         <td data-label="Time">
          <xsl:call-template name="exact"><xsl:with-param name="at" select="@time"/></xsl:call-template>
          <span class="dim"> FILETIME <xsl:value-of select="@filetime"/></span>
         </td>
         <td data-label="Read from"><xsl:call-template name="words"><xsl:with-param name="code" select="@source"/></xsl:call-template></td>
         <td data-label="Where">
          <xsl:call-template name="file_of"><xsl:with-param name="input" select="@input"/></xsl:call-template>
          <xsl:text> at byte </xsl:text><xsl:value-of select="@offset"/>
         </td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </details>
   </xsl:if>
   <xsl:if test="w:difference">
    <details>
     <summary>What differs (<xsl:value-of select="count(w:difference)"/>)</summary>
     <xsl:call-template name="differences"/>
    </details>
   </xsl:if>
   <xsl:for-each select="w:profile"><xsl:call-template name="profile"/></xsl:for-each>
   <xsl:call-template name="left_out"/>
  </article>
 </xsl:template>

 <xsl:template match="w:remnant">
  <div>
   <dt>Left in the later hive</dt>
   <dd>
    <xsl:choose>
     <xsl:when test="@completeness = 'none'">nothing was found</xsl:when>
     <xsl:otherwise>
      <xsl:value-of select="concat(@keys, ' of ', @keys + @keys_lost, ' keys, ', @values, ' of ', @values + @values_lost, ' values')"/>
      <xsl:if test="@data_lost &gt; 0">; the data of <xsl:value-of select="@data_lost"/> are lost</xsl:if>
      <xsl:if test="@heads_lost &gt; 0">; the first bytes of <xsl:value-of select="@heads_lost"/> are lost</xsl:if>
      <xsl:if test="@path_certainty">; path <xsl:value-of select="@path_certainty"/></xsl:if>
     </xsl:otherwise>
    </xsl:choose>
   </dd>
  </div>
 </xsl:template>

 <xsl:template match="w:restore">
  <div>
   <dt>Restoring</dt>
   <dd>
    <xsl:call-template name="badge"><xsl:with-param name="word" select="@outcome"/></xsl:call-template>
    <xsl:if test="@reason">
     <xsl:text> </xsl:text>
     <xsl:for-each select=".."><xsl:call-template name="restore_reason"/></xsl:for-each>
     <xsl:if test="@basis"><span class="dim"> (<xsl:value-of select="@basis"/>)</span></xsl:if>
    </xsl:if>
    <xsl:if test="@file">
     <xsl:text> </xsl:text>
     <span class="mono"><bdi><xsl:value-of select="@file"/></bdi></span>
     <br/><span class="dim">SHA-256 <span class="mono"><xsl:value-of select="@sha256"/></span>;
      <xsl:call-template name="keys_values"/></span>
    </xsl:if>
    <xsl:if test="w:loss">
     <p>It does not bring back, or not as it was:</p>
     <ul><xsl:for-each select="w:loss"><li><bdi><xsl:value-of select="."/></bdi></li></xsl:for-each></ul>
    </xsl:if>
   </dd>
  </div>
 </xsl:template>

 <!-- The differences of a change or of a key that was asked for. -->
 <xsl:template name="differences">
  <xsl:if test="w:difference">
   <table>
    <caption>Keys and values that differ</caption>
    <thead><tr><th scope="col">Where</th><th scope="col">What</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:difference[position() &lt;= $cells]">
      <tr>
       <th scope="row" data-label="Where" class="path">
        <bdi><xsl:value-of select="@path"/></bdi>
        <xsl:if test="@name"><br/><bdi><xsl:value-of select="@name"/></bdi></xsl:if>
       </th>
       <td data-label="What"><xsl:call-template name="words"><xsl:with-param name="code" select="@kind"/></xsl:call-template></td>
       <td data-label="Before"><bdi><xsl:value-of select="@before"/></bdi></td>
       <td data-label="After"><bdi><xsl:value-of select="@after"/></bdi></td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
   <xsl:if test="w:difference/r:cellobject">
    <details>
     <summary>Their bytes</summary>
     <xsl:call-template name="cells">
      <xsl:with-param name="cell" select="w:difference/r:cellobject"/>
     </xsl:call-template>
    </details>
   </xsl:if>
   <xsl:call-template name="more">
    <xsl:with-param name="n" select="count(w:difference)"/>
    <xsl:with-param name="shown" select="$cells"/>
   </xsl:call-template>
   <xsl:if test="self::w:compared_key"><xsl:call-template name="left_out"/></xsl:if>
  </xsl:if>
 </xsl:template>

 <!-- ==== a profile, whole ==== -->

 <xsl:template name="profile">
  <xsl:if test="w:generated_name">
   <p>
    <xsl:text>Its name is of the form that programs generate: process </xsl:text>
    <xsl:value-of select="w:generated_name/@pid"/>
    <xsl:text>, made </xsl:text>
    <xsl:call-template name="time"><xsl:with-param name="at" select="w:generated_name/@created"/></xsl:call-template>
    <xsl:text> (inferred).</xsl:text>
   </p>
  </xsl:if>
  <xsl:if test="w:service">
   <table>
    <caption>Message services</caption>
    <thead><tr><th scope="col">Service</th><th scope="col">Shown as</th><th scope="col">What it is</th><th scope="col">Providers</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:service">
      <tr>
       <th scope="row" data-label="Service"><bdi><xsl:value-of select="@name"/></bdi></th>
       <td data-label="Shown as"><bdi><xsl:value-of select="@display_name"/></bdi></td>
       <td data-label="What it is"><bdi><xsl:value-of select="@kind"/></bdi><xsl:text> </xsl:text><span class="dim"><bdi><xsl:value-of select="@dll"/></bdi></span></td>
       <td data-label="Providers">
        <xsl:for-each select="w:provider">
         <xsl:if test="position() &gt; 1">, </xsl:if>
         <bdi><xsl:value-of select="@display_name"/></bdi>
        </xsl:for-each>
       </td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
  </xsl:if>
  <xsl:if test="w:exchange">
   <table>
    <caption>Exchange mailboxes</caption>
    <thead><tr><th scope="col">Kind</th><th scope="col">Server</th><th scope="col">Mailbox</th><th scope="col">User</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:exchange">
      <tr>
       <th scope="row" data-label="Kind"><xsl:value-of select="@kind"/></th>
       <td data-label="Server"><bdi><xsl:value-of select="@server"/></bdi></td>
       <td data-label="Mailbox"><bdi><xsl:value-of select="@mailbox"/></bdi><xsl:text> </xsl:text><span class="dim path"><bdi><xsl:value-of select="@mailbox_dn"/></bdi></span></td>
       <td data-label="User" class="path"><bdi><xsl:value-of select="@user_dn"/></bdi></td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
  </xsl:if>
  <xsl:if test="w:file">
   <table>
    <caption>Files that it needs</caption>
    <thead><tr><th scope="col">Kind</th><th scope="col">Path</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:file">
      <tr>
       <th scope="row" data-label="Kind"><xsl:value-of select="@kind"/><xsl:if test="@default_store = 1">, default store</xsl:if></th>
       <td data-label="Path" class="path"><bdi><xsl:value-of select="@path"/></bdi></td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
  </xsl:if>
  <xsl:if test="w:account">
   <table>
    <caption>Accounts</caption>
    <thead><tr><th scope="col">Account</th><th scope="col">Kind</th><th scope="col">E-mail</th><th scope="col">Settings</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:account">
      <tr>
       <th scope="row" data-label="Account"><bdi><xsl:value-of select="@name"/></bdi><xsl:if test="@default = 1"> (first)</xsl:if></th>
       <td data-label="Kind"><xsl:value-of select="@kind"/></td>
       <td data-label="E-mail"><bdi><xsl:value-of select="@email"/></bdi><xsl:text> </xsl:text><span class="dim"><bdi><xsl:value-of select="@display_name"/></bdi></span></td>
       <td data-label="Settings">
        <details>
         <summary><xsl:value-of select="count(w:setting)"/><span class="hidden"> settings of this account</span></summary>
         <ul class="plain">
          <xsl:for-each select="w:setting">
           <li><bdi><xsl:value-of select="@name"/></bdi>: <bdi class="mono"><xsl:value-of select="@value"/></bdi></li>
          </xsl:for-each>
         </ul>
        </details>
       </td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
  </xsl:if>
  <xsl:if test="w:secret">
   <p>
    <xsl:text>Held back, for they are secret: </xsl:text>
    <xsl:for-each select="w:secret">
     <xsl:if test="position() &gt; 1">, </xsl:if>
     <bdi><xsl:value-of select="@name"/></bdi> (<xsl:value-of select="@bytes"/> bytes)
    </xsl:for-each>
   </p>
  </xsl:if>
  <xsl:if test="w:problem">
   <ul>
    <xsl:for-each select="w:problem">
     <li>
      <strong><xsl:call-template name="words"><xsl:with-param name="code" select="@code"/></xsl:call-template></strong>
      <xsl:text> </xsl:text>
      <bdi class="mono"><xsl:value-of select="concat(@section, ' ', @value_name, ' ', @uid)"/></bdi>
     </li>
    </xsl:for-each>
   </ul>
  </xsl:if>
  <xsl:if test="w:property">
   <details>
    <summary>Decoded properties (<xsl:value-of select="count(w:property)"/>)</summary>
    <table>
     <caption>Properties</caption>
     <thead><tr><th scope="col">Property</th><th scope="col">Value</th><th scope="col">Section</th></tr></thead>
     <tbody>
      <xsl:for-each select="w:property[position() &lt;= $cells]">
       <tr>
        <th scope="row" data-label="Property">
         <span class="mono"><xsl:value-of select="@tag"/></span>
         <xsl:if test="@name"><br/><xsl:value-of select="@name"/></xsl:if>
         <span class="dim"><xsl:text> </xsl:text><xsl:value-of select="@type"/></span>
        </th>
        <td data-label="Value">
         <bdi><xsl:value-of select="@value"/></bdi>
         <xsl:if test="@unknown"><span class="dim"> (bytes lost: <xsl:value-of select="@unknown"/>)</span></xsl:if>
        </td>
        <td data-label="Section" class="mono path"><bdi><xsl:value-of select="@section"/></bdi></td>
       </tr>
      </xsl:for-each>
     </tbody>
    </table>
    <xsl:call-template name="more">
     <xsl:with-param name="n" select="count(w:property)"/>
     <xsl:with-param name="shown" select="$cells"/>
    </xsl:call-template>
   </details>
  </xsl:if>
  <xsl:if test="r:cellobject">
   <details>
    <summary>Keys and values as they stand in the file (<xsl:value-of select="count(r:cellobject)"/>)</summary>
    <xsl:call-template name="cells"><xsl:with-param name="cell" select="r:cellobject"/></xsl:call-template>
   </details>
  </xsl:if>
  <xsl:call-template name="left_out"/>
 </xsl:template>

 <!-- ==== bytes ==== -->

 <xsl:template name="cells">
  <xsl:param name="cell"/>
  <table class="cells">
   <caption>Keys and values, their place and bytes</caption>
   <thead>
    <tr><th scope="col">Path</th><th scope="col">Place and SHA-256 of each run of bytes</th><th scope="col">Data</th></tr>
   </thead>
   <tbody>
    <xsl:for-each select="$cell[position() &lt;= $cells]">
     <xsl:call-template name="cell"/>
     <xsl:for-each select="delta:original_cellobject">
      <xsl:call-template name="cell"><xsl:with-param name="earlier" select="true()"/></xsl:call-template>
     </xsl:for-each>
    </xsl:for-each>
   </tbody>
  </table>
  <xsl:call-template name="more">
   <xsl:with-param name="n" select="count($cell)"/>
   <xsl:with-param name="shown" select="$cells"/>
  </xsl:call-template>
 </xsl:template>

 <xsl:template name="cell">
  <xsl:param name="earlier" select="false()"/>
  <!-- Where nothing else is said, the bytes stand in the hive of this snapshot: see
       byte_runs in wmsdiff-report(5). -->
  <xsl:variable name="after" select="not($earlier) and
    (@delta:new_cell or @delta:modified_cell or ancestor::w:change/@kind = 'added')"/>
  <xsl:variable name="home" select="key('id', ancestor::w:comparison/@after[$after] |
    ancestor::w:comparison/@before[not($after)] | ancestor::w:snapshot/@id)/@input"/>
  <tr>
   <th scope="row" data-label="Path" class="path">
    <bdi><xsl:value-of select="r:cellpath"/></bdi>
    <span class="dim">
     <xsl:choose>
      <xsl:when test="r:name_type = 'k'"> key</xsl:when>
      <xsl:when test="r:basename = ''"> default value</xsl:when>
      <xsl:otherwise> value</xsl:otherwise>
     </xsl:choose>
     <xsl:if test="$earlier">, as it was</xsl:if>
     <xsl:if test="@delta:deleted_cell">, deleted</xsl:if>
     <xsl:if test="@delta:new_cell">, new</xsl:if>
     <xsl:if test="@delta:modified_cell">, changed</xsl:if>
     <xsl:if test="@origin">, from <xsl:value-of select="@origin"/> bytes, path <xsl:value-of select="@path_certainty"/></xsl:if>
     <xsl:if test="@inferred">, inferred: <xsl:value-of select="@inferred"/></xsl:if>
    </span>
   </th>
   <td data-label="Place">
    <ul class="plain">
     <xsl:for-each select="d:byte_runs/d:byte_run">
      <li>
       <xsl:call-template name="link">
        <xsl:with-param name="to" select="string(@input | $home[not(current()/@input)])"/>
       </xsl:call-template>
       <xsl:text> at </xsl:text><xsl:value-of select="@file_offset"/>
       <xsl:text>, </xsl:text><xsl:value-of select="@len"/><xsl:text> bytes </xsl:text>
       <span class="mono hash"><xsl:value-of select="d:hashdigest"/></span>
      </li>
     </xsl:for-each>
    </ul>
   </td>
   <td data-label="Data">
    <xsl:if test="r:mtime">
     <xsl:text>last written </xsl:text>
     <xsl:call-template name="exact"><xsl:with-param name="at" select="r:mtime"/></xsl:call-template>
    </xsl:if>
    <xsl:if test="r:data_type">
     <span class="dim"><xsl:value-of select="r:data_type"/><xsl:if test="not(r:data/@redacted)">, <xsl:value-of select="r:data/@data_bytes"/> bytes</xsl:if></span>
     <xsl:choose>
      <xsl:when test="r:data/@redacted"> held back: secret</xsl:when>
      <xsl:otherwise>
       <code class="hex"><xsl:value-of select="r:data"/>
        <xsl:if test="r:data/@data_bytes &gt; 256"> …</xsl:if></code>
      </xsl:otherwise>
     </xsl:choose>
     <xsl:if test="r:data/@unknown"><span class="dim"> lost (offset+length): <xsl:value-of select="r:data/@unknown"/></span></xsl:if>
     <xsl:if test="r:data/@inferred_bytes"><span class="dim"> concluded (offset+length): <xsl:value-of select="r:data/@inferred_bytes"/></span></xsl:if>
    </xsl:if>
   </td>
  </tr>
 </xsl:template>

 <!-- ==== what was recovered ==== -->

 <xsl:template name="recovered">
  <xsl:if test="w:series/w:snapshot/w:remnants">
   <section id="page-recovered" aria-labelledby="page-recovered-h">
    <h2 id="page-recovered-h">Recovered from what the hives still hold</h2>
    <xsl:for-each select="w:series/w:snapshot[w:remnants]">
     <h3>Remnants in <bdi><xsl:value-of select="@id"/></bdi> (<xsl:call-template name="snapshot_label"/>)</h3>
     <xsl:apply-templates select="w:remnants"/>
    </xsl:for-each>
   </section>
  </xsl:if>
 </xsl:template>

 <xsl:template match="w:remnants">
  <p>
   <xsl:choose>
    <xsl:when test="@verdict = 'cannot_tell'">The cells of this hive are packed: nothing deleted can be left in it, so it cannot tell.</xsl:when>
    <xsl:otherwise>
     <xsl:value-of select="concat(@bytes, ' bytes that no live key uses were searched: ')"/>
     <xsl:call-template name="keys_values"/>
     <xsl:text>, </xsl:text>
     <xsl:call-template name="many">
      <xsl:with-param name="n" select="@lone_values"/>
      <xsl:with-param name="of" select="'value'"/>
     </xsl:call-template>
     <xsl:text> without a key.</xsl:text>
    </xsl:otherwise>
   </xsl:choose>
  </p>
  <xsl:if test="w:profile">
   <table class="beside">
    <caption>Recovered profiles of <bdi><xsl:value-of select="../@id"/></bdi></caption>
    <thead>
     <tr><th scope="col">Profile</th><th scope="col">Deleted</th><th scope="col">How whole</th><th scope="col">How sure</th></tr>
    </thead>
    <tbody>
     <xsl:for-each select="w:profile">
      <tr id="{@id}">
       <th scope="row" data-label="Profile">
        <xsl:call-template name="name"><xsl:with-param name="text" select="@name"/></xsl:call-template>
        <br/>
        <span class="dim">
         <xsl:call-template name="list_name">
          <xsl:with-param name="list" select="@list"/>
          <xsl:with-param name="path" select="@store_path"/>
         </xsl:call-template>
        </span>
       </th>
       <td data-label="Deleted">
        <xsl:choose>
         <xsl:when test="@lives_on">lives on as <bdi><xsl:value-of select="@lives_on"/></bdi></xsl:when>
         <xsl:when test="@deleted_at">at <xsl:call-template name="exact"><xsl:with-param name="at" select="@deleted_at"/></xsl:call-template> (moment)</xsl:when>
         <xsl:when test="@deleted_not_after">not after <xsl:call-template name="exact"><xsl:with-param name="at" select="@deleted_not_after"/></xsl:call-template> (bound)</xsl:when>
         <xsl:otherwise>nothing tells when</xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@since"><span class="dim"> since: <xsl:value-of select="@since"/></span></xsl:if>
       </td>
       <td data-label="How whole">
        <xsl:call-template name="badge"><xsl:with-param name="word" select="@completeness"/></xsl:call-template>
        <xsl:text> </xsl:text>
        <xsl:call-template name="keys_values"/>
        <xsl:if test="@values_lost &gt; 0">
         <xsl:text>; </xsl:text>
         <xsl:call-template name="many">
          <xsl:with-param name="n" select="@values_lost"/>
          <xsl:with-param name="of" select="'value'"/>
         </xsl:call-template>
         <xsl:text> lost</xsl:text>
        </xsl:if>
        <xsl:if test="@data_lost &gt; 0">; data of <xsl:value-of select="@data_lost"/> lost</xsl:if>
        <xsl:if test="@heads_lost &gt; 0">; first bytes of <xsl:value-of select="@heads_lost"/> lost</xsl:if>
       </td>
       <td data-label="How sure">
        <xsl:text>path </xsl:text><xsl:value-of select="@path_certainty"/>
        <xsl:if test="@recovered_by = 'sections'">; own key lost</xsl:if>
        <xsl:if test="@name_from">; name from <xsl:value-of select="translate(@name_from, '_', ' ')"/></xsl:if>
       </td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
   <xsl:for-each select="w:profile[w:property or r:cellobject or w:service][position() &lt;= $changes]">
    <details>
     <summary>What was recovered of <xsl:call-template name="name"><xsl:with-param name="text" select="@name"/></xsl:call-template></summary>
     <xsl:if test="w:restore"><dl class="facts"><xsl:apply-templates select="w:restore"/></dl></xsl:if>
     <xsl:call-template name="profile"/>
    </details>
   </xsl:for-each>
  </xsl:if>
  <xsl:if test="r:cellobject">
   <details>
    <summary>Keys and values that belong to no recovered profile (<xsl:value-of select="count(r:cellobject)"/>)</summary>
    <xsl:call-template name="cells"><xsl:with-param name="cell" select="r:cellobject"/></xsl:call-template>
   </details>
  </xsl:if>
  <xsl:call-template name="left_out"/>
 </xsl:template>

 <!-- ==== causes ==== -->

 <xsl:template name="causes">
  <xsl:if test="w:series/w:diagnosis">
   <section id="page-causes" aria-labelledby="page-causes-h">
    <h2 id="page-causes-h">Causes that were weighed</h2>
    <p>Facts are read from the evidence; a cause is inferred. The grade follows from the conditions by the rule in wmsdiff(1); hints do not count.</p>
    <xsl:for-each select="w:series/w:diagnosis"><xsl:call-template name="diagnosis"/></xsl:for-each>
   </section>
  </xsl:if>
 </xsl:template>

 <xsl:template name="diagnosis">
  <article id="{@id}">
   <h3>
    <bdi><xsl:value-of select="@cause"/></bdi>
    <xsl:text> </xsl:text>
    <xsl:call-template name="badge"><xsl:with-param name="word" select="@grade"/></xsl:call-template>
    <xsl:if test="count(../w:comparison) &gt; 1"><span class="dim"> of <bdi><xsl:value-of select="@comparison"/></bdi></span></xsl:if>
   </h3>
   <p><bdi><xsl:value-of select="@says"/></bdi>.</p>
   <xsl:if test="w:condition">
    <details>
     <xsl:if test="@grade = 'supported'"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
     <summary>
      <xsl:text>Conditions: </xsl:text>
      <xsl:value-of select="count(w:condition[@state = 'met'])"/><xsl:text> for, </xsl:text>
      <xsl:value-of select="count(w:condition[@state = 'not_met'])"/><xsl:text> against, </xsl:text>
      <xsl:value-of select="count(w:condition[@state = 'unknown'])"/><xsl:text> unknown</xsl:text>
     </summary>
     <table>
      <caption>Conditions of <bdi><xsl:value-of select="@cause"/></bdi></caption>
      <thead><tr><th scope="col">Condition</th><th scope="col">State</th><th scope="col">Weight</th><th scope="col">What was seen, and where</th></tr></thead>
      <tbody><xsl:apply-templates select="w:condition"/></tbody>
     </table>
    </details>
   </xsl:if>
   <xsl:if test="w:advice">
    <details>
     <summary>What to do if this is the cause (<xsl:value-of select="count(w:advice)"/>)</summary>
     <ol><xsl:for-each select="w:advice"><li><bdi><xsl:call-template name="options"><xsl:with-param name="text" select="."/></xsl:call-template></bdi></li></xsl:for-each></ol>
    </details>
   </xsl:if>
  </article>
 </xsl:template>

 <xsl:template match="w:condition">
  <tr>
   <th scope="row" data-label="Condition"><bdi><xsl:value-of select="@says"/></bdi></th>
   <td data-label="State"><xsl:call-template name="badge"><xsl:with-param name="word" select="@state"/></xsl:call-template></td>
   <td data-label="Weight"><xsl:value-of select="@weight"/><span class="dim">, <xsl:value-of select="@basis"/></span></td>
   <td data-label="What was seen">
    <xsl:if test="@detail"><bdi><xsl:value-of select="@detail"/></bdi></xsl:if>
    <xsl:if test="@decided_by"><xsl:text> would be decided by: </xsl:text><bdi><xsl:value-of select="@decided_by"/></bdi></xsl:if>
    <xsl:if test="w:evidence">
     <ul class="plain dim">
      <xsl:for-each select="w:evidence">
       <li>
        <bdi><xsl:value-of select="@value"/></bdi>
        <xsl:if test="@input">
         <xsl:text> (</xsl:text>
         <xsl:call-template name="link"><xsl:with-param name="to" select="@input"/></xsl:call-template>
         <xsl:if test="@offset"> at byte <xsl:value-of select="@offset"/></xsl:if>
         <xsl:text>)</xsl:text>
        </xsl:if>
       </li>
      </xsl:for-each>
     </ul>
    </xsl:if>
   </td>
  </tr>
 </xsl:template>

 <!-- ==== the machine ==== -->

 <xsl:template name="machine">
  <xsl:if test="w:input[w:mapi32 or w:listing or w:system or w:software or w:event_log]">
   <section id="page-machine" aria-labelledby="page-machine-h">
    <h2 id="page-machine-h">The machine</h2>
    <xsl:if test="w:input/w:mapi32 or w:input/w:system or w:input/w:software">
     <table>
      <caption>What the files beside the hives tell</caption>
      <thead><tr><th scope="col">What</th><th scope="col">Told</th><th scope="col">By</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:input/w:mapi32">
        <tr>
         <th scope="row" data-label="What">Mapi32.dll</th>
         <td data-label="Told">
          <xsl:value-of select="@version"/><xsl:text> </xsl:text>
          <xsl:call-template name="badge"><xsl:with-param name="word" select="@verdict"/></xsl:call-template>
          <xsl:text> </xsl:text><bdi><xsl:value-of select="."/></bdi>
          <span class="dim"><xsl:text> </xsl:text><bdi><xsl:value-of select="concat(@company, ' ', @product)"/></bdi></span>
         </td>
         <td data-label="By"><xsl:call-template name="file_of"><xsl:with-param name="input" select="../@id"/></xsl:call-template></td>
        </tr>
       </xsl:for-each>
       <xsl:for-each select="w:input/w:system">
        <tr>
         <th scope="row" data-label="What">Computer</th>
         <td data-label="Told">
          <bdi><xsl:value-of select="@computer_name"/></bdi>
          <xsl:if test="@time_zone">, time zone <bdi><xsl:value-of select="@time_zone"/></bdi> (UTC is local time plus <xsl:value-of select="@bias_minutes"/> minutes)</xsl:if>
          <xsl:text>, </xsl:text><xsl:value-of select="@services"/><xsl:text> services</xsl:text>
         </td>
         <td data-label="By"><xsl:call-template name="file_of"><xsl:with-param name="input" select="../@id"/></xsl:call-template></td>
        </tr>
       </xsl:for-each>
       <xsl:for-each select="w:input/w:software">
        <tr>
         <th scope="row" data-label="What">Programs</th>
         <td data-label="Told">
          <bdi><xsl:value-of select="@windows"/></bdi><xsl:text> </xsl:text><xsl:value-of select="@windows_version"/>
          <xsl:if test="@exchange">; Exchange <xsl:value-of select="@exchange"/> build <xsl:value-of select="@exchange_build"/>, Service Pack <xsl:value-of select="@exchange_service_pack"/></xsl:if>
          <xsl:for-each select="w:hotfix">
           <xsl:text>; hotfix </xsl:text><bdi><xsl:value-of select="@name"/></bdi>
          </xsl:for-each>
          <xsl:for-each select="w:outlook"><xsl:text>; Outlook </xsl:text><xsl:value-of select="@version"/></xsl:for-each>
         </td>
         <td data-label="By"><xsl:call-template name="file_of"><xsl:with-param name="input" select="../@id"/></xsl:call-template></td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </xsl:if>
    <xsl:if test="w:input/w:listing/w:holder">
     <table>
      <caption>Processes that hold Mapi32.dll</caption>
      <thead><tr><th scope="col">Program</th><th scope="col">Process</th><th scope="col">Class</th><th scope="col">Services</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:input/w:listing/w:holder">
        <tr>
         <th scope="row" data-label="Program"><bdi><xsl:value-of select="@image"/></bdi></th>
         <td data-label="Process"><xsl:value-of select="@pid"/></td>
         <td data-label="Class">
          <xsl:call-template name="words"><xsl:with-param name="code" select="@class"/></xsl:call-template>
          <span class="dim">, <xsl:value-of select="@class_basis"/></span>
         </td>
         <td data-label="Services">
          <ul class="plain">
           <xsl:for-each select="w:runs">
            <li><bdi><xsl:value-of select="@name"/></bdi>
             <span class="dim"><xsl:text> </xsl:text><bdi><xsl:value-of select="@display_name"/></bdi>
              <xsl:if test="@account">, as <bdi><xsl:value-of select="@account"/></bdi></xsl:if></span></li>
           </xsl:for-each>
          </ul>
         </td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </xsl:if>
    <xsl:if test="w:input/w:event_log/w:event">
     <table>
      <caption>Events near a loss</caption>
      <thead><tr><th scope="col">Time</th><th scope="col">Event</th><th scope="col">How it is read</th><th scope="col">Where</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:input/w:event_log/w:event">
        <tr>
         <th scope="row" data-label="Time"><xsl:call-template name="time"><xsl:with-param name="at" select="@time"/></xsl:call-template></th>
         <td data-label="Event"><bdi><xsl:value-of select="@source"/></bdi><xsl:text> </xsl:text><xsl:value-of select="@code"/>
          <span class="dim"><xsl:text> </xsl:text><xsl:value-of select="@type"/></span></td>
         <td data-label="How it is read"><bdi><xsl:value-of select="."/></bdi>
          <span class="dim"> (<xsl:value-of select="translate(@sign, '_', ' ')"/>, <xsl:value-of select="@strength"/>, <xsl:value-of select="@basis"/>)</span></td>
         <td data-label="Where"><xsl:call-template name="link"><xsl:with-param name="to" select="../../@id"/></xsl:call-template> record <xsl:value-of select="@record"/>, at byte <xsl:value-of select="@offset"/>
          <xsl:if test="@recovered = 1">, recovered</xsl:if></td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </xsl:if>
   </section>
  </xsl:if>
 </xsl:template>

 <!-- ==== provenance and diagnostics ==== -->

 <xsl:template name="provenance">
  <section id="page-provenance" aria-labelledby="page-provenance-h">
   <h2 id="page-provenance-h">Provenance of every input</h2>
   <p>Each file was read once and never written to; all else rests on the bytes with these hashes.</p>
   <table>
    <caption>Inputs</caption>
    <thead><tr><th scope="col">Input</th><th scope="col">File</th><th scope="col">Bytes, SHA-256</th><th scope="col">What it is</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:input">
      <tr id="{@id}">
       <th scope="row" data-label="Input"><xsl:value-of select="@id"/><span class="dim"><xsl:text> </xsl:text><xsl:value-of select="@role"/></span></th>
       <td data-label="File" class="path"><bdi><xsl:value-of select="d:fileobject/d:filename"/></bdi>
        <span class="dim"> changed <xsl:call-template name="time"><xsl:with-param name="at" select="d:fileobject/d:mtime"/></xsl:call-template></span></td>
       <td data-label="Bytes, SHA-256"><xsl:value-of select="d:fileobject/d:filesize"/><xsl:text> </xsl:text>
        <span class="mono hash"><xsl:value-of select="d:fileobject/d:hashdigest"/></span></td>
       <td data-label="What it is"><xsl:apply-templates select="w:hive|w:log|w:mapi32|w:listing|w:event_log"/></td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
  </section>
 </xsl:template>

 <xsl:template match="w:hive">
  <xsl:text>hive </xsl:text><xsl:value-of select="@version"/><xsl:text>, </xsl:text>
  <xsl:call-template name="badge"><xsl:with-param name="word" select="@state"/></xsl:call-template>
  <span class="dim">
   <xsl:text> sequence </xsl:text><xsl:value-of select="concat(@primary_sequence, '/', @secondary_sequence)"/>
   <xsl:text>, checksum </xsl:text><xsl:value-of select="@checksum"/>
   <xsl:text>, </xsl:text><xsl:call-template name="keys_values"/>
   <xsl:if test="@embedded_name">, calls itself <bdi><xsl:value-of select="@embedded_name"/></bdi></xsl:if>
   <xsl:if test="@last_written">, last written <xsl:call-template name="exact"><xsl:with-param name="at" select="@last_written"/></xsl:call-template></xsl:if>
  </span>
 </xsl:template>

 <xsl:template match="w:mapi32">
  <xsl:text>Mapi32.dll </xsl:text>
  <xsl:value-of select="@version"/>
 </xsl:template>

 <xsl:template match="w:log">
  <xsl:text>log </xsl:text>
  <xsl:call-template name="badge"><xsl:with-param name="word" select="@outcome"/></xsl:call-template>
  <xsl:text> </xsl:text>
  <xsl:call-template name="words"><xsl:with-param name="code" select="@reason"/></xsl:call-template>
  <xsl:if test="@entries">
   <span class="dim">; <xsl:value-of select="@format"/> format, entries <xsl:value-of select="@first_sequence"/> to <xsl:value-of select="@last_sequence"/></span>
  </xsl:if>
 </xsl:template>

 <xsl:template match="w:listing">
  <xsl:call-template name="words"><xsl:with-param name="code" select="@kind"/></xsl:call-template>
  <span class="dim">, <xsl:value-of select="@processes"/> processes, <xsl:value-of select="@encoding"/></span>
 </xsl:template>

 <xsl:template match="w:event_log">
  <xsl:value-of select="@events"/><xsl:text> events</xsl:text>
  <xsl:if test="@first">
   <span class="dim">, <xsl:call-template name="time"><xsl:with-param name="at" select="@first"/></xsl:call-template> to
    <xsl:call-template name="time"><xsl:with-param name="at" select="@last"/></xsl:call-template></span>
  </xsl:if>
  <xsl:if test="@dirty = 1">, not closed</xsl:if>
  <xsl:if test="@wrapped = 1">, oldest events overwritten</xsl:if>
 </xsl:template>

 <xsl:template name="diagnostics">
  <section id="page-diagnostics" aria-labelledby="page-diagnostics-h">
   <h2 id="page-diagnostics-h">Diagnostics</h2>
   <xsl:choose>
    <xsl:when test="w:diagnostic">
     <table>
      <caption>What was observed about the evidence itself</caption>
      <thead><tr><th scope="col">Code</th><th scope="col">Severity</th><th scope="col">Where</th><th scope="col">What</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:diagnostic[position() &lt;= $rows]">
        <tr>
         <th scope="row" data-label="Code" class="code"><xsl:value-of select="@code"/></th>
         <td data-label="Severity"><xsl:call-template name="badge"><xsl:with-param name="word" select="@severity"/></xsl:call-template></td>
         <td data-label="Where">
          <xsl:call-template name="link"><xsl:with-param name="to" select="concat(@input, @comparison)"/></xsl:call-template>
          <xsl:if test="@offset"> at byte <xsl:value-of select="@offset"/></xsl:if>
         </td>
         <td data-label="What"><bdi><xsl:value-of select="."/></bdi></td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </xsl:when>
    <xsl:when test="not($sum) or $sum/@exit_status = 2 or @left_out"><p>The page has none of them.</p></xsl:when>
    <xsl:otherwise><p>None: everything that was given could be read, and nothing about it was out of order.</p></xsl:otherwise>
   </xsl:choose>
   <xsl:call-template name="left_out"/>
  </section>
 </xsl:template>

 <xsl:template name="colophon">
  <footer>
   <p>
    <xsl:text>Made from the XML report of </xsl:text>
    <bdi><xsl:value-of select="concat(d:creator/d:program, ' ', d:creator/d:version)"/></bdi>
    <xsl:text>, format </xsl:text><bdi><xsl:value-of select="@version"/></bdi>
    <xsl:text>, begun </xsl:text>
    <xsl:call-template name="exact"><xsl:with-param name="at" select="d:creator/d:execution_environment/d:start_time"/></xsl:call-template>
    <xsl:text> on </xsl:text>
    <bdi><xsl:value-of select="d:creator/d:execution_environment/d:host"/></bdi>
    <xsl:text>. In a dispute the XML report and the bytes count.</xsl:text>
   </p>
   <p class="mono path"><bdi><xsl:value-of select="d:creator/d:execution_environment/d:command_line"/></bdi></p>
   <p>
    <xsl:text>Libraries: </xsl:text>
    <xsl:for-each select="d:creator/d:library">
     <xsl:if test="position() &gt; 1">, </xsl:if>
     <bdi><xsl:value-of select="concat(@name, ' ', @version)"/></bdi>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
   </p>
   <p>All times are UTC, from the clocks of the machines that wrote them. Offsets count from the first byte of the file, in decimal:
    <span class="mono">dd if=FILE bs=1 skip=OFFSET count=LENGTH | sha256sum</span> gives the hash beside them.
    Characters that would not show, or would change the order of others, are written as <span class="mono">\u{…}</span>.
    “Not found” means not found, and no more. The page has no script and fetches nothing; on paper, folded parts stay folded.</p>
  </footer>
 </xsl:template>
</xsl:stylesheet>
