<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The first page: what is gone, when, why, and what to do.  Included by report.xsl. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

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
    <xsl:if test="$lost or $hurt or $found[$single]">
     <div><dt>Can it be restored</dt><dd><xsl:call-template name="restorable"/></dd></div>
    </xsl:if>
    <div><dt>What to do next</dt><dd><xsl:call-template name="next"/></dd></div>
   </dl>
  </section>
 </xsl:template>

 <xsl:template name="what">
  <xsl:for-each select="$replaced[position() &lt;= 6]"><xsl:call-template name="replaced"/></xsl:for-each>
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
        <xsl:if test="@kind = 'other_hive'"> of the hive that was replaced</xsl:if>
        <xsl:value-of select="concat(', ', @certainty)"/>
       </span>
       <xsl:call-template name="whose"/>
      </li>
     </xsl:for-each>
    </ul>
    <xsl:if test="$sum/@deleted + sum($sum/@other_hive) &gt; 20">
     <p class="cut">These are 20 of <xsl:value-of select="$sum/@deleted + sum($sum/@other_hive)"/>.</p>
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
       <xsl:call-template name="whose"/>
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
     <xsl:if test="w:series/w:snapshot/w:recovered/@verdict = 'cannot_tell'">, and it cannot tell: its cells are packed</xsl:if>
     <xsl:text>.</xsl:text>
    </p>
   </xsl:when>
   <xsl:when test="$sum/@deleted + sum($sum/@other_hive) &gt; 0"><p>The page has none of them; the XML report has.</p></xsl:when>
   <xsl:when test="$found[not(ancestor::w:series/w:comparison)]"><p>Deleted profiles were recovered of subjects with one hive each.</p></xsl:when>
   <xsl:when test="$several"><p>No profile of an earlier hive is missing from the later one of its subject.</p></xsl:when>
   <xsl:otherwise><p>No profile of the earlier hive is missing from the later one.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="$sum/@exit_status = 2">
   <p><strong>Not everything could be read</strong>, so more may be gone: see the <a href="#page-diagnostics">diagnostics</a>.</p>
  </xsl:if>
  <xsl:call-template name="hurt"/>
  <xsl:call-template name="kinds"/>
 </xsl:template>

 <!-- What is still there, but lacks something, or is another of the same name. -->
 <xsl:template name="hurt">
  <xsl:if test="$hurt">
   <p>Still there, but not as before:</p>
   <ul class="names">
    <xsl:for-each select="$hurt[position() &lt;= 10]">
     <li>
      <xsl:call-template name="link">
       <xsl:with-param name="to" select="@id"/>
       <xsl:with-param name="text" select="@profile"/>
      </xsl:call-template>
      <xsl:text> </xsl:text>
      <span class="dim">
       <xsl:value-of select="concat(@kind, ', ', @certainty)"/>
       <xsl:for-each select="w:reason[contains(@code, '_missing')]">
        <xsl:text>: </xsl:text>
        <bdi><xsl:value-of select="."/></bdi>
       </xsl:for-each>
      </span>
      <xsl:call-template name="whose"/>
     </li>
    </xsl:for-each>
   </ul>
   <xsl:call-template name="more">
    <xsl:with-param name="n" select="$sum/@damaged + $sum/@recreated"/>
    <xsl:with-param name="shown" select="10"/>
   </xsl:call-template>
  </xsl:if>
 </xsl:template>

 <!-- What else changed, in numbers. -->
 <xsl:template name="kinds">
  <xsl:variable name="else" select="$sum/@moved | $sum/@renamed | $sum/@added | $sum/@modified"/>
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
  <xsl:for-each select="w:series[position() &lt;= 64]">
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
       <xsl:variable name="header" select="number(translate(substring($hive/@last_written, 1, 19), '-T:', ''))"/>
       <xsl:variable name="newest" select="number(translate(substring($hive/@newest_key, 1, 19), '-T:', ''))"/>
       <xsl:choose>
        <!-- From Windows 8.1 on the header's time is not kept up. -->
        <xsl:when test="$hive/@newest_key and (not($header &gt;= $newest) or $header &gt;= 22000101000000)">
         <xsl:text>; last written </xsl:text>
         <xsl:call-template name="time"><xsl:with-param name="at" select="$hive/@newest_key"/></xsl:call-template>
         <xsl:text> by its keys</xsl:text>
         <xsl:if test="$hive/@last_written">
          <xsl:text>; the header says </xsl:text>
          <xsl:call-template name="time"><xsl:with-param name="at" select="$hive/@last_written"/></xsl:call-template>
         </xsl:if>
        </xsl:when>
        <xsl:when test="$hive/@last_written">
         <xsl:text>; last written </xsl:text>
         <xsl:call-template name="time"><xsl:with-param name="at" select="$hive/@last_written"/></xsl:call-template>
        </xsl:when>
       </xsl:choose>
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
  <xsl:variable name="reg" select="key('id', @input)/w:reg"/>
  <xsl:choose>
   <xsl:when test="$reg/@state = 'damaged'">.reg export, damaged</xsl:when>
   <xsl:when test="$reg/@whole = '0'">.reg export of a part</xsl:when>
   <xsl:when test="$reg">.reg export</xsl:when>
   <xsl:when test="$hive/@state = 'damaged'">damaged</xsl:when>
   <xsl:when test="$hive/@state = 'no_base_block'">without its base block</xsl:when>
   <xsl:when test="@state = 'replayed'">brought up to date from its logs</xsl:when>
   <!-- The same hive may stand in the series before its logs and with them. -->
   <xsl:when test="$hive/@state = 'replayed'">dirty, read as it stands without its logs</xsl:when>
   <xsl:when test="$hive/@state = 'dirty'">dirty, read as it stands</xsl:when>
   <xsl:otherwise><xsl:value-of select="$hive/@state"/></xsl:otherwise>
  </xsl:choose>
  <xsl:choose>
   <xsl:when test="@readers = 'agree'">, both readers agree</xsl:when>
   <xsl:when test="@readers = 'differ'">, <strong>the readers differ</strong></xsl:when>
   <xsl:when test="@readers = 'text'">, read from text</xsl:when>
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
      concat(w:deletion/@at, '|', w:deletion/@earliest, '|', w:deletion/@latest, '|',
      boolean(w:reason[@code = 'bounds_conflict'])))[1])]"/>
    <ul class="plain">
     <xsl:for-each select="$groups[position() &lt;= 6]">
      <li>
       <xsl:call-template name="many">
        <xsl:with-param name="n" select="count(key('when', concat(w:deletion/@at, '|',
          w:deletion/@earliest, '|', w:deletion/@latest, '|',
          boolean(w:reason[@code = 'bounds_conflict']))))"/>
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
   <xsl:when test="substring($on/@earliest, 1, 19) = substring($on/@latest, 1, 19)">
    <xsl:text>within the second </xsl:text>
    <xsl:call-template name="time"><xsl:with-param name="at" select="$on/@earliest"/></xsl:call-template>
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
  <!-- What contradicts them is no bound. -->
  <xsl:if test="w:reason[@code = 'bounds_conflict']
    and not(translate(substring($on/@earliest, 1, 19), '-:T', '') &gt; translate(substring($on/@latest, 1, 19), '-:T', ''))">
   <xsl:text>; the times contradict each other</xsl:text>
  </xsl:if>
 </xsl:template>

 <xsl:template name="why">
  <xsl:choose>
   <xsl:when test="w:series/w:diagnosis">
    <xsl:for-each select="w:series/w:diagnosis[not(preceding-sibling::w:diagnosis/@comparison = @comparison)
      and (@comparison or not(preceding-sibling::w:diagnosis))][position() &lt;= 6]">
     <xsl:variable name="all" select="../w:diagnosis[string(@comparison) = string(current()/@comparison)]"/>
     <xsl:variable name="best" select="$all[@rank = 'best' or @rank = 'best_of_all']"/>
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
         <xsl:call-template name="whose"/>
        </p>
        <p><bdi><xsl:value-of select="@says"/></bdi>.</p>
        <p class="dim">
         <xsl:text>Of </xsl:text>
         <xsl:call-template name="many">
          <xsl:with-param name="n" select="@met + @not_met + @unknown"/>
          <xsl:with-param name="of" select="'condition'"/>
         </xsl:call-template>
         <xsl:value-of select="concat(', ', @met, ' met, ', @not_met, ' not met, ', @unknown, ' unknown.')"/>
         <xsl:variable name="others" select="$all[@rank = 'other']"/>
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
      <xsl:otherwise><p>Not determined: no cause is better than undetermined.<xsl:call-template name="whose"/></p></xsl:otherwise>
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
     <xsl:value-of select="count($found[@completeness = 'no_gaps'])"/>
     <xsl:text> of </xsl:text>
     <xsl:value-of select="count($found)"/>
     <xsl:text> were recovered without gaps. </xsl:text>
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
     <xsl:variable name="earlier" select="$lost | $hurt"/>
     <xsl:text>The earlier hive holds </xsl:text>
     <xsl:value-of select="count($earlier[w:profile/@completeness = 'whole'])"/>
     <xsl:text> of </xsl:text>
     <xsl:value-of select="count($earlier)"/>
     <xsl:text> whole</xsl:text>
     <xsl:if test="$lost">
      <xsl:text>; the later one still holds </xsl:text>
      <xsl:variable name="whole" select="count($lost[w:recovered_share/@completeness = 'whole'])"/>
      <xsl:variable name="parts" select="count($lost[w:recovered_share/@completeness = 'partial'])"/>
      <xsl:choose>
       <xsl:when test="$whole and $parts"><xsl:value-of select="concat($whole, ' whole and parts of ', $parts)"/></xsl:when>
       <xsl:when test="$whole"><xsl:value-of select="concat($whole, ' whole')"/></xsl:when>
       <xsl:when test="$parts"><xsl:value-of select="concat('parts of ', $parts)"/></xsl:when>
       <xsl:otherwise>none</xsl:otherwise>
      </xsl:choose>
      <xsl:if test="$hurt"> of what is gone</xsl:if>
     </xsl:if>
     <xsl:text>.</xsl:text>
    </p>
    <xsl:variable name="groups" select="($lost | $hurt)[w:restore][generate-id() = generate-id(key('restored',
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
          <bdi><xsl:value-of select="w:restore/@why"/></bdi>
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

 <xsl:template name="next">
  <xsl:variable name="best" select="w:series/w:diagnosis[@rank = 'best_of_all']"/>
  <xsl:choose>
   <xsl:when test="$best/w:advice">
    <ol>
     <xsl:for-each select="$best/w:advice[position() &lt;= 30]">
      <li><bdi><xsl:call-template name="options"><xsl:with-param name="text" select="."/></xsl:call-template></bdi><xsl:call-template name="whose"/></li>
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
   <xsl:when test="$hurt">
    <p>See in the findings what is missing; <span class="option">--restore</span> brings back what was there before.</p>
   </xsl:when>
   <xsl:when test="$sum/@exit_status = 2">
    <p>Look for a better copy of what could not be read, and compare again.</p>
   </xsl:when>
   <xsl:when test="not($sum)"><p>Make the report anew from the evidence.</p></xsl:when>
   <xsl:otherwise><p>Nothing, as far as profiles go.</p></xsl:otherwise>
  </xsl:choose>
 </xsl:template>
</xsl:stylesheet>
